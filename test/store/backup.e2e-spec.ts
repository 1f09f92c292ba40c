import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { onFile, onPostgres } from '../support/on-store.js';
import { sessionCookie, signedIn, worthOf } from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { createTestDatabase } from '../support/test-database.js';
import { SqliteFile } from '../support/sqlite-file.js';

const hasClients = spawnSync('pg_dump', ['--version']).status === 0;

const page = readFileSync('docs/operations/backup.md', 'utf8');

/** A statement of the page, with the page's own names exchanged; a test of anything else would prove nothing. */
function fromPage(text: string, pairs: [string, string][] = []): string {
  if (!page.includes(text)) throw new Error(`backup.md does not say “${text}” any more`);
  return pairs.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}

const endAllSessions = fromPage('DELETE FROM sessions;');

const folder = mkdtempSync(join(tmpdir(), 'latchkey-backup-'));
const running: Latchkey[] = [];

async function start(environment: Record<string, string> = {}): Promise<Latchkey> {
  const latchkey = await startLatchkey(environment);
  running.push(latchkey);
  return latchkey;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((latchkey) => latchkey.close()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

    const restored = await start({ DATABASE_URL: `file:${copy}` });
    const other = new SqliteFile(copy);
    expect(other.pragma(fromPage('integrity_check'))).toEqual([{ integrity_check: 'ok' }]);
    expect(other.pragma(fromPage('foreign_key_check'))).toEqual([]);
    expect(await worthOf(restored, before)).toBe(200);
    expect(await worthOf(restored, later)).toBe(401);

    other.exec(endAllSessions);
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

    const restored = await start({ DATABASE_URL: `file:${old}` });
    expect(await worthOf(restored, cookie)).toBe(200);
  }, 30_000);
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
    const restored = await start({ DATABASE_URL: target.url });
    expect(await worthOf(restored, before)).toBe(200);
    expect(await worthOf(restored, later)).toBe(401);

    const other = new Client({ connectionString: target.url });
    await other.connect();
    await other.query(endAllSessions);
    await other.end();
    expect(await worthOf(restored, before)).toBe(401);
    await signedIn(restored);
    await Promise.all(running.splice(0).map((each) => each.close()));
    await Promise.all([source.drop(), target.drop()]);
  }, 30_000);
});

function run([program = '', ...args]: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}
