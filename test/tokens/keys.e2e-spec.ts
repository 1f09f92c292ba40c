import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { type Database, openDatabase } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { openSigningKey } from '../../src/tokens/signing-key.js';
import { SigningKeysRepository } from '../../src/tokens/signing-keys.repository.js';
import { SigningKeysService } from '../../src/tokens/signing-keys.service.js';
import { signedIn } from '../support/accounts.js';
import type { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { keySetOf, tokenOf, verified } from '../support/tokens.js';

/*
 * The life of signing keys. Instances are the service's own class, several on one database, each with secrets of its own; time
 * passes by the rows.
 */

const [OLD, NEW, THIRD] = ['O', 'N', 'T'].map(
  (letter) => `${letter}7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4t`,
) as [string, string, string];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

Logger.overrideLogger(false);

let store: TestDatabase | undefined;
const opened: Database[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.destroy()));
  await store?.drop();
  store = undefined;
});

interface Instance {
  keys: SigningKeysService;
  database: Database;
  config: Config;
}

/** An instance of the service, as far as its keys go. */
async function instance(secrets: string, publicUrl = 'http://localhost:3000'): Promise<Instance> {
  store ??= await createTestDatabase();
  const config = loadConfig({
    DATABASE_URL: store.url,
    SESSION_SECRET: secrets,
    PUBLIC_URL: publicUrl,
    TOKEN_AUDIENCES: 'api',
  });
  const database = openDatabase(config.database, () => undefined);
  if (opened.length === 0) await migrate(database);
  opened.push(database);
  const keys = new SigningKeysService(
    config,
    new SigningKeysRepository(database),
    new UnitOfWork(database),
  );
  return { keys, database, config };
}

const rowsOf = ({ database }: Instance) =>
  database.selectFrom('signing_keys').selectAll().orderBy('number').execute();

const published = async ({ keys }: Instance) => (await keys.toPublish()).map(({ kid }) => kid);

const signs = async ({ keys }: Instance) => (await keys.signing()).kid;

/** As if the keys had been made earlier, with the service running since. */
async function letPass({ database }: Pick<Instance, 'database'>, ms: number): Promise<void> {
  await database
    .updateTable('signing_keys')
    .set((row) => ({
      created_at: row('created_at', '-', ms),
      signs_from: row('signs_from', '-', ms),
    }))
    .execute();
}

/** As if nobody had asked for a token for a time, and no service had run. */
async function letLapse(instanceOf: Instance, ms: number): Promise<void> {
  await letPass(instanceOf, ms);
  await instanceOf.database
    .updateTable('signing_keys')
    .set((row) => ({ published_until: row('published_until', '-', ms) }))
    .execute();
}

/** The same instance after a restart. */
const restarted = ({ config: { secrets, publicUrl } }: Instance) =>
  instance(secrets.join(','), publicUrl.href);

/** Instances with the same secrets. */
async function instances(count: number, secrets = OLD): Promise<Instance[]> {
  const all: Instance[] = [];
  while (all.length < count) all.push(await instance(secrets));
  return all;
}

const keepUpTogether = (all: Instance[]) => Promise.all(all.map(({ keys }) => keys.keepUp()));

describe('instances that start together', () => {
  it('make one key between them, and one that follows', async () => {
    const all = await instances(5);
    await keepUpTogether(all);
    const [one, ...none] = await rowsOf(all[0] as Instance);
    expect(none).toEqual([]);
    expect(new Set(await Promise.all(all.map(signs)))).toEqual(new Set([one?.kid]));

    await letPass(all[0] as Instance, 29 * DAY);
    await keepUpTogether(all);
    expect((await rowsOf(all[0] as Instance)).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('and ask for a token at once, make one key', async () => {
    const all = await instances(5);
    const kids = await Promise.all(all.flatMap((each) => [signs(each), signs(each)]));
    expect(new Set(kids).size).toBe(1);
    expect(await rowsOf(all[0] as Instance)).toHaveLength(1);
  });
});

describe('a key', () => {
  it('is followed by one that is published a day before it signs, and kept an hour past its last token', async () => {
    const one = await instance(OLD);
    await one.keys.keepUp();
    const first = await signs(one);

    await letPass(one, 29 * DAY - HOUR);
    await (await restarted(one)).keys.keepUp();
    expect(await published(one)).toEqual([first]);

    await letPass(one, HOUR);
    const later = await restarted(one);
    await later.keys.keepUp();
    await later.keys.keepUp();
    const [second, ...others] = await published(later);
    expect(others).toEqual([first]);
    expect(await signs(later)).toBe(first);
    const [, next] = await rowsOf(later);
    expect((next?.signs_from ?? 0) - Date.now()).toBeGreaterThan(DAY - 60_000);

    await letPass(one, DAY);
    const after = await restarted(one);
    await after.keys.keepUp();
    expect(await signs(after)).toBe(second);
    const until = (await rowsOf(after))[0]?.published_until ?? 0;
    expect(until - Date.now()).toBeGreaterThan(900_000 + HOUR - 60_000);
    await letLapse(one, until - Date.now() - 60_000);
    await after.keys.keepUp();
    expect(await published(after)).toEqual([second, first]);
    await letLapse(one, 60_000);
    expect(await published(after)).toEqual([second]);
    await after.keys.keepUp();
    expect((await rowsOf(after)).map(({ kid }) => kid)).toEqual([second]);
  });

  it('signs nothing that lasts longer than it is published, and an hour', async () => {
    const one = await instance(OLD);
    await one.keys.keepUp();
    const first = await signs(one);
    await one.database
      .updateTable('signing_keys')
      .set({ published_until: Date.now() + 900_000 + HOUR - 1 })
      .execute();
    const other = await restarted(one);
    expect(await signs(other)).toBe(first);
    const [row] = await rowsOf(other);
    expect(row?.published_until).toBeGreaterThanOrEqual(Date.now() + 900_000 + HOUR);
  });

  it('goes on after the service was stopped for long', async () => {
    const one = await instance(OLD);
    await one.keys.keepUp();
    const first = await signs(one);
    await letLapse(one, 40 * DAY);
    const later = await restarted(one);
    await later.keys.keepUp();
    expect(await signs(later)).toBe(first);
    const keys = await published(later);
    expect([keys.length, keys[1]]).toEqual([2, first]);
  });

  it('is sealed with its name and address: it does not open as another, or elsewhere', async () => {
    const one = await instance(OLD);
    await one.keys.keepUp();
    const [row] = await rowsOf(one);
    if (row === undefined) throw new Error('There is no key.');
    expect(openSigningKey(row, one.config)?.kid).toBe(row.kid);
    expect(openSigningKey({ ...row, kid: 'another' }, one.config)).toBeNull();
    const elsewhere = loadConfig({ SESSION_SECRET: OLD, PUBLIC_URL: 'http://localhost:3001' });
    expect(openSigningKey(row, elsewhere)).toBeNull();
    expect(JSON.stringify(row)).not.toMatch(/"d"|BEGIN/);
  });
});

describe('a secret that is rotated', () => {
  it('seals the keys anew, so that they open by it alone', async () => {
    const old = await instance(OLD);
    await old.keys.keepUp();
    const kid = await signs(old);
    for (const secrets of [`${OLD},${NEW}`, `${NEW},${OLD}`, NEW]) {
      const next = await instance(secrets);
      await next.keys.keepUp();
      expect(await signs(next)).toBe(kid);
    }
    expect(await rowsOf(old)).toHaveLength(1);
  });

  it('leaves alone what is sealed by it already', async () => {
    const one = await instance(`${NEW},${OLD}`);
    await one.keys.keepUp();
    const before = await rowsOf(one);
    await one.keys.keepUp();
    expect(await rowsOf(one)).toEqual(before);
  });

  it('that nothing opens: the key never signs, stays published, and another signs at once', async () => {
    const old = await instance(OLD);
    await old.keys.keepUp();
    const first = await signs(old);
    const next = await instance(NEW);
    await next.keys.keepUp();
    const second = await signs(next);
    expect(second).not.toBe(first);
    expect(await published(next)).toEqual([second, first]);
    expect(await published(old)).toEqual([second, first]);
    const [before, after] = await rowsOf(next);
    expect(before?.published_until).toBeGreaterThanOrEqual(Date.now() + 900_000 + HOUR);
    expect(after?.signs_from).toBeLessThanOrEqual(Date.now());
  });

  it('at some instances only, makes one more key for each, and no fight', async () => {
    const all = [await instance(OLD), await instance(NEW), await instance(THIRD)];
    for (let round = 0; round < 4; round += 1) {
      await keepUpTogether(all);
      await keepUpTogether(await Promise.all(all.map(restarted)));
    }
    expect(await rowsOf(all[0] as Instance)).toHaveLength(3);
    const kids = await Promise.all(all.map(signs));
    expect(new Set(kids).size).toBe(3);
    expect((await published(all[0] as Instance)).toSorted()).toEqual(kids.toSorted());
  });

  it('uses the one that waits, where it opens, and makes none', async () => {
    const old = await instance(OLD);
    await old.keys.keepUp();
    const both = await instance(`${NEW},${OLD}`);
    const { kid } = await both.keys.rotate();
    expect(await signs(both)).not.toBe(kid);
    // Sealed anew was the one that waits alone.
    await old.database
      .updateTable('signing_keys')
      .set({ private_key: 'nothing opens this' })
      .where('kid', '<>', kid)
      .execute();
    const next = await instance(NEW);
    expect(await signs(next)).toBe(kid);
    expect(await rowsOf(next)).toHaveLength(2);
  });
});

describe('an operator', () => {
  it('makes the next key before its time, once', async () => {
    const one = await instance(OLD);
    await one.keys.keepUp();
    const first = await signs(one);
    const next = await one.keys.rotate();
    expect(await one.keys.rotate()).toEqual(next);
    expect(await signs(one)).toBe(first);
    expect(await published(one)).toEqual([next.kid, first]);
    expect(next.signs_from - Date.now()).toBeGreaterThan(DAY - 60_000);
  });

  it('withdraws all keys; a service that runs signs with the new one a second later', async () => {
    const [one, other] = (await instances(2)) as [Instance, Instance];
    await one.keys.rotate();
    const before = await signs(one);
    const { made, withdrawn } = await other.keys.replaceAll();
    expect(withdrawn).toBe(2);
    expect(await published(one)).toEqual([made.kid]);
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    expect(await signs(one)).toBe(made.kid);
    expect(made.kid).not.toBe(before);
    expect(made.number).toBe(3);
  });
});

describe('a service', () => {
  let latchkey: Latchkey;
  let browser: Browser;

  afterEach(() => latchkey.close());

  it('signs and publishes by these keys, with tokens of each that are verified', async () => {
    latchkey = await startLatchkey({ TOKEN_AUDIENCES: 'api' });
    browser = await signedIn(latchkey);
    const keys = latchkey.app.get(SigningKeysService, { strict: false });
    const first = await tokenOf(latchkey, browser);
    await keys.rotate();
    await letPass(latchkey, DAY);
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    const second = await tokenOf(latchkey, browser);
    const kids = [second, first].map((token) => decodeProtectedHeader(token).kid);
    expect((await keySetOf(latchkey)).keys.map(({ kid }) => kid)).toEqual(kids);
    for (const token of [first, second]) {
      expect(await verified(latchkey, token, 'api')).toMatchObject({ aud: 'api' });
    }
    await keys.replaceAll();
    await expect(verified(latchkey, second, 'api')).rejects.toThrow('no applicable key');
  });
});
