import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { providerIds } from '../../src/common/provider-id.js';
import { onPostgres } from '../support/on-store.js';
import { outcomeOf, somebody, stepUp } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { type Instances, startInstances } from '../support/instances.js';
import { queryPostgres } from '../support/query-postgres.js';
import { INSTANCE_HEADER } from '../support/round-robin.js';

jest.setTimeout(120_000);

/** How often both instances are restarted. */
const ROLLS = 2;

let instances: Instances;

const instanceOf = (response: Response) => String(response.headers[INSTANCE_HEADER]);

/** Asks the database that the instances share. */
const query = <T>(text: string): Promise<T[]> => queryPostgres<T>(instances.databaseUrl, text);

/** The same person's browser, but one that talks to one instance only. */
async function at(instance: number, browser: Browser): Promise<Browser> {
  const url = instances.urls[instance] ?? '';
  const own = new Browser({ url });
  for (const cookie of await browser.jar.getCookies(instances.url)) {
    await own.jar.setCookie(`${cookie.key}=${cookie.value}; Path=/`, url);
  }
  return own;
}

/** Asks both instances directly, as a proxy that names its client does. Returns how many were let through. */
async function passed(path: string, tries: number, client: (turn: number) => string) {
  const answers = await Promise.all(
    Array.from({ length: tries }, (_, turn) =>
      fetch(`${instances.urls[turn % 2] ?? ''}${path}`, {
        redirect: 'manual',
        headers: { 'X-Forwarded-For': client(turn) },
      }),
    ),
  );
  const refused = answers.filter(({ status }) => status === 429);
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  return tries - refused.length;
}

// The embedded database has one instance.
onPostgres('two instances behind nginx', () => {
  beforeAll(async () => {
    instances = await startInstances();
  }, 60_000);

  afterAll(() => instances.close());

  it('have migrated an empty database once, and cleaned once, though both started together', async () => {
    const done = await query<{ name: string }>('select name from latchkey_migration');
    expect(done.length).toBeGreaterThan(0);
    const tasks = await query<{ name: string }>('select name from periodic_tasks');
    expect(tasks).toEqual([{ name: 'cleanup' }]);
  });

  it.each(providerIds)('sign in with %s, started on one and finished on the other', async (id) => {
    const browser = new Browser({ url: instances.url });
    const start = await browser.get(`/auth/${id}`);
    const callback = await browser.consent(locationOf(start), somebody());
    let answered = await browser.get('/nginx-turn');
    // Whoever is next in turn must not be the one that started.
    while (instanceOf(answered) !== instanceOf(start)) answered = await browser.get('/nginx-turn');
    const finished = await browser.callback(callback);
    expect(instanceOf(finished)).not.toBe(instanceOf(start));
    expect(outcomeOf(finished)).toBe('/account');

    const seen = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) {
      const me = await browser.api('/users/me');
      expect(me.status).toBe(200);
      seen.add(instanceOf(me));
    }
    expect(seen.size).toBe(2);
  });

  it('finish an attempt once between them', async () => {
    const browser = new Browser({ url: instances.url });
    const callback = await browser.consent(await browser.start('google'), somebody());
    const [one, other] = [await at(0, browser), await at(1, browser)];
    const answers = await Promise.all([one.callback(callback), other.callback(callback)]);
    const outcomes = answers.map(outcomeOf);
    expect(outcomes).toEqual(['/account', '/account']);
  });

  it('refuse a session at once that was revoked on the other', async () => {
    const ada = somebody();
    const [browser, phone] = [
      new Browser({ url: instances.url }),
      new Browser({ url: instances.url }),
    ];
    await browser.signIn('google', ada);
    for (let round = 0; round < 10; round += 1) {
      await phone.signIn('google', ada);
      const [here, there] = [await at(round % 2, browser), await at((round + 1) % 2, phone)];
      expect((await there.api('/users/me')).status).toBe(200);
      expect((await here.apiSend('delete', '/users/me/sessions')).status).toBe(204);
      expect((await there.api('/users/me')).status).toBe(401);
    }
    await stepUp(browser, 'google', ada);
    const [here, there] = [await at(0, browser), await at(1, browser)];
    expect((await here.apiSend('delete', '/users/me')).status).toBe(204);
    expect((await there.api('/users/me')).status).toBe(401);
  });

  it('keep working while a migration alters a table under their prepared statements', async () => {
    const browser = new Browser({ url: instances.url });
    await browser.signIn('google', somebody());
    const ask = () => browser.api('/users/me').then(({ status }) => status);
    // Enough at once that every connection of both pools has planned the statements.
    await Promise.all(Array.from({ length: 60 }, ask));
    const over = new AbortController();
    const asking = Array.from({ length: 8 }, async () => {
      const statuses: number[] = [];
      while (!over.signal.aborted) statuses.push(await ask());
      return statuses;
    });
    for (const table of ['users', 'sessions', 'identities']) {
      await query(`alter table ${table} add column added_later text`);
      await new Browser({ url: instances.url }).signIn('google', somebody());
      await sleep(200);
    }
    over.abort();
    const statuses = (await Promise.all(asking)).flat();
    expect(statuses.length).toBeGreaterThan(50);
    expect(new Set(statuses)).toEqual(new Set([200]));
    for (const table of ['users', 'sessions', 'identities']) {
      await query(`alter table ${table} drop column added_later`);
    }
  });

  it('restart one after the other under sign-in load without a failed sign-in', async () => {
    const over = new AbortController();
    let done = 0;
    const failures: string[] = [];
    const people = Array.from({ length: 4 }, async (_, person) => {
      while (!over.signal.aborted) {
        const browser = new Browser({ url: instances.url });
        const provider = providerIds[person % providerIds.length] ?? 'google';
        try {
          const outcome = outcomeOf(await browser.signIn(provider, somebody()));
          const me = await browser.api('/users/me');
          if (outcome === '/account' && me.status === 200) done += 1;
          else failures.push(`${outcome} ${me.status}`);
        } catch (error) {
          failures.push(String(error));
        }
      }
    });
    const codes: (number | null)[] = [];
    for (let round = 0; round < ROLLS; round += 1) {
      for (const instance of [0, 1]) {
        codes.push(await instances.stop(instance));
        await instances.start(instance);
      }
    }
    over.abort();
    await Promise.all(people);
    process.stdout.write(
      `${done} sign-ins during ${ROLLS * 2} restarts, ${failures.length} failed\n`,
    );
    expect(failures.map((failure) => `${failure}\n${instances.proxyLog()}`)).toEqual([]);
    expect(codes).toEqual(codes.map(() => 0));
    expect(done).toBeGreaterThan(20);
  });
});

// The embedded database has one instance.
onPostgres('the limits of two instances', () => {
  beforeAll(async () => {
    instances = await startInstances({
      RATE_LIMIT_PER_MINUTE: '30',
      SIGN_IN_RATE_LIMIT_PER_MINUTE: '6',
    });
  }, 60_000);

  afterEach(() => query('truncate rate_limits'));

  afterAll(() => instances.close());

  it('are counted together', async () => {
    expect(await passed('/auth/session', 60, () => '203.0.113.1')).toBe(30);
    expect(await passed('/auth/google', 20, () => '203.0.113.2')).toBe(6);
  });

  it('cannot be bypassed by the client’s own X-Forwarded-For', async () => {
    expect(await passed('/auth/session', 60, (turn) => `10.9.8.${turn}, 203.0.113.3`)).toBe(30);
  });

  it('count a whole /64 of IPv6 as one', async () => {
    expect(await passed('/auth/session', 60, (turn) => `2001:db8:1:2::${turn}`)).toBe(30);
    expect(await passed('/auth/session', 20, () => '2001:db8:1:3::1')).toBe(20);
  });

  it('fall back to local counting while the database cannot count', async () => {
    await query('alter table rate_limits rename to away');
    try {
      expect(await passed('/auth/session', 100, () => '203.0.113.4')).toBe(60);
      const health = await fetch(`${instances.urls[0] ?? ''}/health/ready`);
      expect(health.status).toBe(200);
    } finally {
      await query('alter table away rename to rate_limits');
    }
  });
});
