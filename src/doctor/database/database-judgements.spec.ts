import { describe, expect, it } from '@jest/globals';
import type { PostgresConfig } from '../../config/config.js';
import type { SchemaState } from '../../database/schema-state.js';
import { judgeFile } from './file-state.js';
import { judgeCreating, judgePostgres, type PostgresState } from './postgres-state.js';
import { judgeSchema } from './judge-schema.js';
import { judgeStoreFailure } from './store-failure.js';
import { judgeTables, type TableState } from './table-state.js';

const config = (url: string, poolSize = 10): PostgresConfig => ({
  kind: 'postgres',
  url,
  poolSize,
  connectTimeoutMs: 1,
  statementTimeoutMs: 1,
  preparedStatements: true,
});
const far = 'postgres://latchkey:canary@db.example.com/people';
const fine: PostgresState = {
  version: 150_006,
  maxConnections: 100,
  encrypted: true,
  readOnly: false,
  schema: 'public',
  mayCreate: true,
  skewMs: 3,
};

const complaints = (url: string, state: Partial<PostgresState>, poolSize?: number) =>
  judgePostgres(config(url, poolSize), { ...fine, ...state }).filter(
    ({ status }) => status !== 'ok',
  );

const failed = (code: string) =>
  new Error('store', { cause: Object.assign(new Error('canary'), { code }) });

describe('judgePostgres', () => {
  it('is content with a server that is as it should be', () => {
    expect(complaints(far, {})).toEqual([]);
    expect(judgePostgres(config(far), fine)[0]?.message).toBe('PostgreSQL 15.6 answers.');
  });

  it.each<[string, Partial<PostgresState>, string]>([
    ['an old server', { version: 130_012 }, 'broken'],
    ['a clock that is off', { skewMs: -9000 }, 'warning'],
    ['a connection over the network that is not encrypted', { encrypted: false }, 'warning'],
    ['a server that can only be read', { readOnly: true }, 'broken'],
    ['few connections', { maxConnections: 12 }, 'warning'],
    ['fewer connections than the pool takes', { maxConnections: 9 }, 'broken'],
  ])('minds %s', (_what, state, status) => {
    expect(complaints(far, state)).toEqual([expect.objectContaining({ status })]);
  });

  it('allows four fifths of the connections', () => {
    expect(complaints(far, {}, 80)).toEqual([]);
    expect(complaints(far, {}, 81)).toHaveLength(1);
  });

  it.each([
    'postgres://u:p@localhost/d',
    'postgres://u:p@127.0.0.1:5433/d',
    'postgres://u:p@[::1]/d',
    'postgres:///d?host=/run/postgresql',
    'postgres://u@%2Frun%2Fpostgresql/d',
  ])('wants no TLS on this machine: %s', (url) => {
    expect(complaints(url, { encrypted: false })).toEqual([]);
  });
});

describe('judgeSchema', () => {
  const state = { applied: ['0001-a'], pending: [], unknown: [] };

  it.each<[string, Partial<SchemaState>, boolean, string, RegExp]>([
    ['all of them', {}, true, 'ok', /current \(0001-a\)/],
    ['none yet', { applied: [], pending: ['0001-a'] }, true, 'ok', /empty/],
    ['none yet, and none at start', { applied: [], pending: ['0001-a'] }, false, 'broken', /off/],
    ['some of them', { pending: ['0002-b', '0003-c'] }, true, 'warning', /: 0002-b, 0003-c\.$/],
    ['some of them, and none at start', { pending: ['0002-b'] }, false, 'broken', /0002-b; with/],
    ['more than are known', { unknown: ['0009-z'] }, true, 'broken', /newer version.*\(0009-z\)/],
  ])('%s', (_what, difference, migratesAtStart, status, message) => {
    expect(judgeSchema({ ...state, ...difference }, [], migratesAtStart)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('a database that has had no migration', () => {
  it('may have tables of something else', () => {
    const state = { applied: [], pending: ['0001-a'], unknown: [] };
    expect(judgeSchema(state, ['users', 'orders', 'items', 'stock'], true)).toMatchObject({
      status: 'warning',
      message: 'The database has tables of something else (users, orders, items, …).',
    });
    // That the service does not start at all counts for more.
    expect(judgeSchema(state, ['users'], false)).toMatchObject({ status: 'broken' });
  });

  it('needs a user that has a schema to create in', () => {
    expect(judgeCreating(fine)).toBeNull();
  });

  it.each<[string, Partial<PostgresState>, RegExp]>([
    ['one to look at', { mayCreate: false }, /may not make tables in the schema public:/],
    ['none', { schema: null, mayCreate: false }, /no schema in its search_path:/],
  ])('is no use to a user that has %s', (_what, difference, message) => {
    expect(judgeCreating({ ...fine, ...difference })).toMatchObject({
      status: 'broken',
      message: expect.stringMatching(message),
    });
  });
});

describe('judgeFile', () => {
  const state = { file: '/d/a.db', exists: true, folder: '/d', refusal: null, freeBytes: 2e9 };

  it.each<[string, Partial<typeof state> | { refusal: string }, string[]]>([
    ['a file that can be written', {}, ['ok']],
    ['no file yet', { exists: false }, ['ok']],
    ['one that cannot be written', { refusal: 'EACCES' }, ['broken']],
    ['a disk that is nearly full', { freeBytes: 99 * 1024 * 1024 }, ['ok', 'warning']],
    ['a disk with enough room', { freeBytes: 101 * 1024 * 1024 }, ['ok']],
  ])('%s', (_what, difference, expected) => {
    expect(judgeFile({ ...state, ...difference }).map(({ status }) => status)).toEqual(expected);
  });
});

describe('judgeStoreFailure', () => {
  it.each([
    ['28P01', /refuses the password/],
    ['3D000', /no database of that name/],
    ['53300', /no connection left/],
    ['ECONNREFUSED', /cannot be connected to/],
    ['ENOTFOUND', /no address/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another name/],
  ])('PostgreSQL: %s', (code, message) => {
    const judgement = judgeStoreFailure(config(far), failed(code));
    expect(judgement).toMatchObject({ status: 'broken', message: expect.stringMatching(message) });
    expect(judgement.message).toContain('db.example.com/people');
    expect(JSON.stringify(judgement)).not.toContain('canary');
  });

  it.each([
    ['', /^Add .*sslrootcert=/],
    ['?sslrootcert=/ca.pem', /^Put .* sslrootcert names/],
  ])('leads to what the server’s certificate is vouched by: %s', (query, action) => {
    const untrusted = failed('SELF_SIGNED_CERT_IN_CHAIN');
    expect(judgeStoreFailure(config(far + query), untrusted)).toMatchObject({
      message: expect.stringMatching(/not trusted/),
      action: expect.stringMatching(action),
    });
  });

  it.each([
    ['timeout expired', /in time/],
    ['unsupported startup parameter: statement_timeout', /a pooler that refuses/],
    ['The server does not support SSL connections', /does not speak TLS/],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /asks for a password/],
    ['Connection terminated unexpectedly', /hung up/],
  ])('knows what pg says without a code: %s', (text, message) => {
    const failure = new Error('store', { cause: new Error(text) });
    expect(judgeStoreFailure(config(far), failure).message).toMatch(message);
  });

  it.each([
    ['SQLITE_NOTADB', /no SQLite database/],
    ['SQLITE_CORRUPT', /damaged/],
    ['SQLITE_BUSY', /locked/],
    ['SQLITE_CANTOPEN', /cannot be used/],
  ])('SQLite: %s', (code, message) => {
    const judgement = judgeStoreFailure({ kind: 'file', file: '/d/a.db' }, failed(code));
    expect(judgement).toMatchObject({ status: 'broken', message: expect.stringMatching(message) });
  });
});

describe('judgeTables', () => {
  const current: SchemaState = { applied: ['0001-a', '0002-b'], pending: [], unknown: [] };
  const pending: SchemaState = { applied: ['0001-a'], pending: ['0002-b'], unknown: [] };
  const empty: SchemaState = { applied: [], pending: ['0001-a', '0002-b'], unknown: [] };
  const own: TableState = { name: 'users', there: true, usable: true, owned: true };
  const absent: TableState = { name: 'sessions', there: false, usable: false, owned: false };

  it.each<[string, SchemaState, TableState[]]>([
    ['an empty database', empty, [absent]],
    ['tables that may be used by whom they do not belong to', current, [{ ...own, owned: false }]],
    ['a table that a migration is still to make', pending, [own, absent]],
    ['a newer version’s tables', { ...current, unknown: ['0003-c'] }, [absent]],
  ])('is content with %s', (_what, state, tables) => {
    expect(judgeTables(state, tables)).toBeNull();
  });

  it.each<[string, SchemaState, TableState[], RegExp]>([
    ['a table that is gone', current, [own, absent], /not there.*\(sessions\)/],
    [
      'a table that may not be used',
      current,
      [{ ...own, usable: false }],
      /may not read and write/,
    ],
    ['a table of somebody else to be changed', pending, [{ ...own, owned: false }], /another role/],
    ['a name that is taken', empty, [own, absent], /something else.*\(users\)/],
  ])('minds %s', (_what, state, tables, message) => {
    expect(judgeTables(state, tables)).toMatchObject({
      status: 'broken',
      message: expect.stringMatching(message),
    });
  });
});
