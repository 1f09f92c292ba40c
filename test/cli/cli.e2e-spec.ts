import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Export } from '../../src/users/export.schema.js';
import {
  activity,
  me,
  outcomeOf,
  session,
  sessionCookie,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { expectInvariants } from '../support/invariants.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { identityRows } from '../support/rows.js';
import {
  compileService,
  type Finished,
  runCommand,
  spawnService,
  stop,
} from '../support/service-process.js';

/* Commands as an operator runs them: the compiled process, beside a service that runs on the same database. */

jest.setTimeout(60_000);

const SECRET = 'a-session-secret-of-these-tests-0123456789';

let compiled: ReturnType<typeof compileService>;
let latchkey: Latchkey;
let ada: Somebody;
let browser: Browser;
let id: string;

beforeAll(async () => {
  compiled = compileService();
  latchkey = await startLatchkey({ SESSION_SECRET: SECRET });
});

afterAll(async () => {
  await latchkey.close();
  compiled.remove();
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
  ada = somebody({ email: 'ada@gmail.com', name: 'Ada Lovelace' });
  browser = await signedIn(latchkey, 'google', ada);
  ({ id } = await me(browser));
});

function run(...args: string[]): Promise<Finished> {
  const set = Object.entries(latchkey.environment).filter((entry) => entry[1] !== undefined);
  const environment = { ...Object.fromEntries(set), LOG_LEVEL: 'info' } as Record<string, string>;
  return runCommand(compiled.main, environment, args);
}

/** Runs a command that has to succeed, with `--json`. Returns its document. */
async function document<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, '--json');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The names of the users whom `users find` finds. */
async function names(...args: string[]): Promise<string[]> {
  const found = await document<Export['user'][]>('users', 'find', ...args);
  return found.map(({ displayName }) => displayName);
}

/** The events that a command has written to its log, which is standard error. */
function events({ stderr }: Finished): object[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as object);
}

describe('users disable and enable', () => {
  it('end the sessions of a service that runs, refuse the sign-in, and allow it again', async () => {
    const cookie = await sessionCookie(browser);
    const disabled = await run('users', 'disable', id, '--yes');
    expect(disabled).toMatchObject({
      code: 0,
      stdout: `Ada Lovelace <ada@gmail.com> (${id}) is disabled. Sessions ended: 1.\n`,
    });
    expect(events(disabled)).toEqual([
      expect.objectContaining({ event: 'user_disabled', userId: id, by: 'operator' }),
    ]);
    expect(await worthOf(latchkey, cookie)).toBe(401);
    expect(outcomeOf(await new Browser(latchkey).signIn('google', ada))).toBe('account_disabled');
    await expectInvariants(latchkey.database);

    expect(await document('users', 'disable', id, '--yes')).toEqual({
      id,
      disabled: true,
      changed: false,
      endedSessions: 0,
    });
    expect(await document('users', 'enable', id)).toEqual({ id, disabled: false, changed: true });
    const again = await signedIn(latchkey, 'google', ada);
    expect((await me(again)).id).toBe(id);
    expect((await activity(again)).slice(1, 4)).toEqual([
      expect.objectContaining({ event: 'user_enabled', address: null }),
      expect.objectContaining({ event: 'disabled_sign_in_refused' }),
      expect.objectContaining({ event: 'user_disabled', address: null, browser: null }),
    ]);
    expect((await again.get('/account')).text).toContain('by the operator of this service');
  });
});

describe('users delete', () => {
  it('leaves nothing of the user', async () => {
    const cookie = await sessionCookie(browser);
    const deleted = await run('users', 'delete', id, '--yes');
    expect(deleted).toMatchObject({
      code: 0,
      stdout: `Ada Lovelace <ada@gmail.com> (${id}) is deleted.\n`,
    });
    expect(events(deleted)).toEqual([
      expect.objectContaining({ event: 'user_deleted', userId: id, by: 'operator' }),
    ]);
    expect(await worthOf(latchkey, cookie)).toBe(401);
    expect(await identityRows(latchkey.database)).toEqual({
      users: [],
      identities: [],
      sessions: [],
      proofs: [],
    });
  });
});

describe('users export', () => {
  it('is the document that the user gets, but for who asked', async () => {
    await signedIn(latchkey, 'google', ada);
    const theirs = (await browser.apiSend('post', '/users/me/export')).body as Export;
    const ours = await document<Export>('users', 'export', id);
    const asked = { event: 'data_exported', provider: null, address: null, userAgent: 'operator' };
    expect(ours).toEqual({
      ...theirs,
      exportedAt: expect.any(String),
      sessions: theirs.sessions.map((each) => ({ ...each, current: false })),
      activity: [expect.objectContaining(asked), ...theirs.activity],
    });
    expect(JSON.parse((await run('users', 'export', id)).stdout)).toMatchObject({ user: { id } });
  });
});

describe('users find and show', () => {
  it.each([
    ['the id', () => id],
    ['the address in another case', () => 'ADA@Gmail.com'],
    ['provider:subject', () => `google:${ada.subject}`],
    ['a part of the name', () => 'lovel'],
    ['a username', () => '@Ada_X'],
    ['another provider’s address', () => 'ada@x.test'],
  ])('finds a user by %s', async (_what, text) => {
    const x = somebody({ username: 'ada_x', email: 'ada@x.test', name: 'Countess' });
    await signedInWith(latchkey, ['google', ada], ['twitter', x]);
    await signedIn(latchkey, 'google', somebody({ email: 'grace@gmail.com', name: 'Grace' }));
    const found = await document<Export['user'][]>('users', 'find', text());
    expect(found.map((user) => user.id)).toEqual([id]);
    expect(found[0]).toEqual(await document('users', 'show', id));
  });

  it('takes what a pattern would mean as it is, and shows as many as it is told', async () => {
    await signedIn(latchkey, 'google', somebody({ name: '100% Grace' }));
    expect(await names('%')).toEqual(['100% Grace']);
    expect(await names('_')).toEqual([]);
    expect(await names('a')).toEqual(['100% Grace', 'Ada Lovelace']);
    const one = await run('users', 'find', 'a', '--limit', '1');
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(one.stderr).toBe('There are more: be more precise, or raise --limit.\n');
  });

  it('show tables and fields to people', async () => {
    const { stdout } = await run('users', 'find', 'ada');
    const [head = '', row = ''] = stdout.split('\n');
    expect(head.split(/ {2,}/)).toEqual(['ID', 'NAME', 'EMAIL', 'PROVIDERS', 'LAST SIGN-IN']);
    expect(row.split(/ {2,}/).slice(0, 4)).toEqual([id, 'Ada Lovelace', 'ada@gmail.com', 'google']);
    const shown = (await run('users', 'show', id)).stdout;
    expect(shown).toMatch(/^disabled {6}-$/m);
    expect(shown).toMatch(new RegExp(`^subject {12}${ada.subject}$`, 'm'));
    expect(shown).toMatch(/^connected from {5}127\.0\.0\.1$/m);
  });

  it('show what a terminal would act upon as text, and keep it in JSON', async () => {
    const evil = 'Eve\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil';
    await latchkey.database
      .updateTable('users')
      .set({ display_name: evil })
      .where('id', '=', id)
      .execute();
    for (const args of [
      ['users', 'find', 'eve'],
      ['users', 'find', 'eve', '--json'],
      ['users', 'show', id],
      ['users', 'show', id, '--json'],
      ['users', 'export', id],
      ['users', 'disable', id, '--yes'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect([args, code, /(?!\n)[\p{Cc}\u202e]/u.test(stdout + stderr)]).toEqual([args, 0, false]);
      expect([args, stdout.includes(String.raw`Eve\u001b]0;owned\u0007`)]).toEqual([args, true]);
    }
    expect(await document('users', 'show', id)).toMatchObject({ displayName: evil });
  });
});

describe('sessions', () => {
  it('are listed, and revoked one by one or all at once', async () => {
    const phone = await signedIn(latchkey, 'google', ada);
    const listed = await document<{ id: string }[]>('sessions', 'list', id);
    const theirs = (await sessionList(browser)).map(({ current: _current, ...each }) => each);
    expect(listed).toEqual(theirs);
    const { id: ofPhone } = await session(phone);
    expect((await run('sessions', 'list', id)).stdout).toContain(ofPhone);

    expect((await run('sessions', 'revoke', ofPhone, '--yes')).code).toBe(0);
    expect((await phone.api('/users/me')).status).toBe(401);
    expect((await browser.api('/users/me')).status).toBe(200);
    expect((await activity(browser))[0]).toMatchObject({ event: 'session_revoked', address: null });

    await signedIn(latchkey, 'google', ada);
    const all = await document('sessions', 'revoke', '--all', '--user', id, '--yes');
    expect(all).toEqual({ userId: id, revoked: 2 });
    expect((await browser.api('/users/me')).status).toBe(401);
    expect((await activity(await signedIn(latchkey, 'google', ada)))[1]).toMatchObject({
      event: 'all_sessions_revoked',
    });
  });
});

describe('a command', () => {
  it.each(['users disable', 'users delete', 'sessions revoke', 'sessions revoke --all --user'])(
    'that cannot be undone does nothing when nobody can be asked: %s',
    async (line) => {
      const sessionId = (await session(browser)).id;
      const what = line === 'sessions revoke' ? sessionId : id;
      const before = await identityRows(latchkey.database);
      const finished = await run(...line.split(' '), what);
      expect(finished).toEqual({
        code: 2,
        stdout: '',
        stderr: 'Cannot ask for confirmation without a terminal: add --yes.\n',
      });
      expect(await identityRows(latchkey.database)).toEqual(before);
    },
  );

  it.each([
    'users show',
    'users disable --yes',
    'users enable',
    'users delete --yes',
    'users export',
    'sessions list',
    'sessions revoke --yes',
    'sessions revoke --yes --all --user',
  ])('says so when there is no such thing: %s', async (line) => {
    const { code, stdout, stderr } = await run(...line.split(' '), 'nobody');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^There is no (?:user|session) with this id\.\n$/);
  });

  it.each([
    'bogus',
    'users',
    'users show',
    'users find',
    'users find ada --limit 0',
    'users find ada --nonsense',
    'sessions revoke',
    'sessions revoke one --all',
    'sessions revoke --all',
  ])('that is used wrongly ends with code 2: %s', async (line) => {
    const { code, stdout, stderr } = await run(...line.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('    at ');
  });

  it('has help, and a version', async () => {
    const help = await run('--help');
    expect(help.code).toBe(0);
    for (const name of ['serve', 'migrate', 'sandbox', 'users', 'sessions']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
    const users = await run('users', '--help');
    for (const name of ['find', 'show', 'disable', 'enable', 'delete', 'export']) {
      expect(users.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
    expect((await run('sessions', '--help')).stdout).toMatch(/^ {2}list[^]*^ {2}revoke/m);
    expect(await run('--version')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  it('prints no secret', async () => {
    const secrets = [SECRET, 'google-secret', (await sessionCookie(browser)).slice(0, 20)];
    for (const line of [`users show ${id}`, `users export ${id}`, `sessions list ${id}`]) {
      const { stdout, stderr } = await run(...line.split(' '));
      expect(stdout).toContain('google');
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('sandbox', () => {
  it('simulates the providers, prints their settings, and stops on a signal', async () => {
    const port = String(await freePort());
    const settings = { SANDBOX_PORT: port, PUBLIC_URL: 'http://localhost:3999' };
    const sandbox = spawnService(compiled.main, settings, ['sandbox', '--json']);
    while (!sandbox.output().endsWith('}\n') && sandbox.child.exitCode === null) await sleep(20);
    const told = JSON.parse(sandbox.output()) as { url: string; settings: Record<string, string> };
    const discovery = `${told.settings['GOOGLE_ISSUER']}/.well-known/openid-configuration`;
    expect((await fetch(discovery)).status).toBe(200);
    expect(told.url).toBe(`http://127.0.0.1:${port}`);
    expect(await stop(sandbox)).toBe(0);
  });

  it('is refused in production', async () => {
    const settings = { NODE_ENV: 'production', SESSION_SECRET: SECRET };
    const { code, stderr } = await runCommand(compiled.main, settings, ['sandbox']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('SANDBOX')]);
    expect(stderr).not.toContain(SECRET);
  });
});

describe('a database that cannot be used', () => {
  it('is said in a sentence', async () => {
    const nowhere = await runCommand(
      compiled.main,
      { DATABASE_URL: 'postgres://latchkey:hunter2@127.0.0.1:1/none' },
      ['users', 'find', 'ada'],
    );
    expect([nowhere.code, nowhere.stdout]).toEqual([1, '']);
    expect(nowhere.stderr).toMatch(
      /^The database cannot be connected to \(ECONNREFUSED\)\. Check that it runs.*\nCaused by: .*\n$/,
    );
    expect(nowhere.stderr).not.toContain('hunter2');
    const missing = await runCommand(compiled.main, { DATABASE_URL: 'file:./typo.db' }, [
      'users',
      'find',
      'ada',
    ]);
    expect(missing).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no database at ./typo.db. Set DATABASE_URL, or run the command where the service runs.\n',
    });
  });

  it('is said to be damaged where it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
    const file = join(folder, 'text.db');
    writeFileSync(file, 'not a database, but long enough to look like a header'.repeat(20));
    const args = ['users', 'find', 'ada'];
    const { code, stderr } = await runCommand(
      compiled.main,
      { DATABASE_URL: `file:${file}` },
      args,
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The database is damaged, .*\nCaused by: .*\n$/),
    ]);
    rmSync(folder, { recursive: true });
  });
});
