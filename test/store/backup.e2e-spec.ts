import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { onFile, onPostgres } from '../support/on-store.js';
import { link, me, sessionCookie, signedIn, worthOf } from '../support/accounts.js';
import type { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { compileService, type Finished, runCommand } from '../support/service-process.js';
import { createTestDatabase } from '../support/test-database.js';
import { SqliteFile } from '../support/sqlite-file.js';

const hasClients = spawnSync('pg_dump', ['--version']).status === 0;

const page = readFileSync('docs/operations/backup.md', 'utf8');

/** A statement of the page, with the page's own names exchanged; a test of anything else would prove nothing. */
function fromPage(text: string, pairs: [string, string][] = []): string {
  if (!page.includes(text)) throw new Error(`backup.md does not say “${text}” any more`);
  return pairs.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}

const afterRestore = fromPage('latchkey restored --yes').split(' ').slice(1);

const compiled = compileService();

/** Runs a command beside a service. */
function command({ environment }: Latchkey, ...args: string[]): Promise<Finished> {
  const set = Object.entries(environment).filter((entry) => entry[1] !== undefined);
  const whole = Object.fromEntries(set) as Record<string, string>;
  return runCommand(compiled.main, { ...whole, LOG_LEVEL: 'info' }, args);
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-backup-'));
const running: Latchkey[] = [];

async function start(
  environment: Record<string, string> = {},
  before?: Latchkey,
): Promise<Latchkey> {
  const latchkey = await startLatchkey(environment, before);
  running.push(latchkey);
  return latchkey;
}

/** Ends a service, and starts one on a copy of its database. */
async function restart(latchkey: Latchkey, databaseUrl: string): Promise<Latchkey> {
  running.splice(running.indexOf(latchkey), 1);
  await latchkey.close();
  return start({ DATABASE_URL: databaseUrl }, latchkey);
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((latchkey) => latchkey.close()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  compiled.remove();
});

/** Backs up while people sign in. Returns cookies of one who was signed in before, and of one who signed in later. */
async function underLoad(latchkey: Latchkey, backUp: () => void): Promise<[string, string]> {
  const before = await sessionCookie(await signedIn(latchkey));
  const load = { notStopping: true };
  const loaded = (async () => {
    while (load.notStopping) await signedIn(latchkey, 'facebook');
  })();
  await signedIn(latchkey);
  await turn();
  try {
    backUp();
  } finally {
    load.notStopping = false;
    await loaded;
  }
  return [before, await sessionCookie(await signedIn(latchkey))];
}

// A file is copied, a server dumped.
onFile('a backup of the embedded database', () => {
  const source = join(folder, 'latchkey.db');
  const copy = join(folder, 'backup.db');

  it('is complete, keeps people signed in, and can end all sessions', async () => {
    const latchkey = await start({ DATABASE_URL: `file:${source}` });
    const statement = fromPage("VACUUM INTO '/var/backups/latchkey/latchkey.db'", [
      ['/var/backups/latchkey/latchkey.db', copy],
    ]);
    const [before, later] = await underLoad(latchkey, () => {
      const other = new SqliteFile(source);
      other.exec(statement);
      other.close();
    });

    const restored = await restart(latchkey, `file:${copy}`);
    const other = new SqliteFile(copy);
    expect(other.pragma(fromPage('integrity_check'))).toEqual([{ integrity_check: 'ok' }]);
    expect(other.pragma(fromPage('foreign_key_check'))).toEqual([]);
    expect(await worthOf(restored, before)).toBe(200);
    expect(await worthOf(restored, later)).toBe(401);

    expect(await command(restored, ...afterRestore)).toMatchObject({ code: 0 });
    expect(other.pragma(fromPage('foreign_key_check'))).toEqual([]);
    other.close();
    expect(await worthOf(restored, before)).toBe(401);
    await signedIn(restored);
  }, 30_000);

  it('restores sessions that were revoked after it', async () => {
    const latchkey = await start({ DATABASE_URL: `file:${join(folder, 'revoked.db')}` });
    const browser = await signedIn(latchkey);
    const cookie = await sessionCookie(browser);
    const old = join(folder, 'revoked-backup.db');
    const other = new SqliteFile(join(folder, 'revoked.db'));
    other.exec(`VACUUM INTO '${old}'`);
    other.close();
    await browser.apiSend('post', '/auth/logout');
    expect(await worthOf(latchkey, cookie)).toBe(401);

    const restored = await restart(latchkey, `file:${old}`);
    expect(await worthOf(restored, cookie)).toBe(200);
  }, 30_000);

  it('is told what was decided since', async () => {
    const latchkey = await start({ DATABASE_URL: `file:${join(folder, 'decided.db')}` });
    const people = await Promise.all([1, 2, 3, 4].map(() => signedIn(latchkey)));
    const ids = await Promise.all(people.map(async (browser) => (await me(browser)).id));
    const [disabled, deleted, disconnected, enabled] = ids as [string, string, string, string];
    await link(people[2] as Browser, 'twitter');
    const old = join(folder, 'decided-backup.db');
    const other = new SqliteFile(join(folder, 'decided.db'));
    other.exec(`VACUUM INTO '${old}'`);
    other.close();
    const decisions = [
      ['users', 'disable', disabled, '--yes'],
      ['users', 'delete', deleted, '--yes'],
      ['users', 'disconnect', disconnected, 'twitter', '--yes'],
      ['users', 'disable', enabled, '--yes'],
      ['users', 'enable', enabled],
    ];
    const log = join(folder, 'decided.log');
    for (const decision of decisions) {
      const { stderr } = await command(latchkey, ...decision);
      appendFileSync(log, `latchkey-1  | ${stderr}not a line of the service\n`);
    }

    const restored = await restart(latchkey, `file:${old}`);
    const { code, stdout } = await command(restored, ...afterRestore, '--log', log, '--json');
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        endedSessions: 4,
        disabled: [disabled],
        deleted: [deleted],
        disconnected: [{ userId: disconnected, provider: 'twitter' }],
      },
    ]);
    const again = await command(restored, ...afterRestore, '--log', log);
    expect(again.stdout.split('\n')).toEqual([
      'Sessions ended: 0.',
      'Decided since the backup, and to be done again:',
      `latchkey users disable ${disabled}`,
      `latchkey users delete ${deleted}`,
      `latchkey users disconnect ${disconnected} twitter`,
      '',
    ]);
    const missing = await command(restored, ...afterRestore, '--log', join(folder, 'none'));
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOENT') });
  }, 90_000);
});

// Needs PostgreSQL's client programs, of at least the server's version; .ci/run installs them.
(hasClients ? onPostgres : describe.skip)('a dump of PostgreSQL', () => {
  it('is complete, keeps people signed in, and can end all sessions', async () => {
    const source = await createTestDatabase();
    const target = await createTestDatabase();
    const file = join(folder, 'latchkey.dump');
    const latchkey = await start({ DATABASE_URL: source.url });
    const [before, later] = await underLoad(latchkey, () => {
      const dump = fromPage('pg_dump --format=custom --no-owner --file=').split(' ');
      run([...dump.slice(0, -1), `--file=${file}`, source.url]);
    });

    const restore = fromPage('pg_restore --no-owner --exit-on-error --single-transaction');
    run([...restore.split(' '), `--dbname=${target.url}`, file]);
    const restored = await restart(latchkey, target.url);
    expect(await worthOf(restored, before)).toBe(200);
    expect(await worthOf(restored, later)).toBe(401);

    expect(await command(restored, ...afterRestore)).toMatchObject({ code: 0 });
    expect(await worthOf(restored, before)).toBe(401);
    await signedIn(restored);
    await Promise.all(running.splice(0).map((each) => each.close()));
    await Promise.all([source.drop(), target.drop()]);
  }, 90_000);
});

function run([program = '', ...args]: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}
