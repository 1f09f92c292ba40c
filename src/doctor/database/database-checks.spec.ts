import { describe, expect, it } from '@jest/globals';
import type { PostgresConfig } from '../../config/config.js';
import type { SchemaState } from '../../database/schema-state.js';
import { checkFile } from './file-state.js';
import { checkCreating, checkPostgres, type PostgresState } from './postgres-state.js';
import { checkSchema, checkTables, type TableState } from './schema-checks.js';
import { checkStoreFailure } from './database-check.js';

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
  encoding: 'UTF8',
  readOnly: false,
  schema: 'public',
  mayCreate: true,
  skewMs: 3,
};

const complaints = (url: string, state: Partial<PostgresState>, poolSize?: number) =>
  checkPostgres(config(url, poolSize), { ...fine, ...state }).filter(
    ({ status }) => status !== 'ok',
  );

const failed = (code: string) =>
  new Error('store', { cause: Object.assign(new Error('canary'), { code }) });

describe('checkPostgres', () => {
  it('accepts a server without problems', () => {
    expect(complaints(far, {})).toEqual([]);
    expect(checkPostgres(config(far), fine)[0]?.message).toBe('PostgreSQL 15.6 answers.');
  });

  it.each<[string, Partial<PostgresState>, string]>([
    ['an old server', { version: 130_012 }, 'broken'],
    ['an encoding for a few languages only', { encoding: 'LATIN1' }, 'broken'],
    ['a clock that is off', { skewMs: -9000 }, 'warning'],
    ['a connection over the network that is not encrypted', { encrypted: false }, 'warning'],
    ['a server that can only be read', { readOnly: true }, 'broken'],
    ['few connections', { maxConnections: 12 }, 'warning'],
    ['fewer connections than the pool takes', { maxConnections: 9 }, 'broken'],
  ])('reports %s', (_what, state, status) => {
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
  ])('requires no TLS on this machine: %s', (url) => {
    expect(complaints(url, { encrypted: false })).toEqual([]);
  });
});

describe('checkSchema', () => {
  const state = { applied: ['0001-a'], pending: [], unknown: [] };

  it.each<[string, Partial<SchemaState>, boolean, string, RegExp]>([
    ['all of them', {}, true, 'ok', /current \(0001-a\)/],
    ['none yet', { applied: [], pending: ['0001-a'] }, true, 'ok', /empty/],
    ['none yet, and none at start', { applied: [], pending: ['0001-a'] }, false, 'broken', /off/],
    ['some of them', { pending: ['0002-b', '0003-c'] }, true, 'warning', /: 0002-b, 0003-c\.$/],
    ['some of them, and none at start', { pending: ['0002-b'] }, false, 'broken', /0002-b; with/],
    ['more than are known', { unknown: ['0009-z'] }, true, 'broken', /newer version.*\(0009-z\)/],
  ])('%s', (_what, difference, migratesAtStart, status, message) => {
    expect(checkSchema({ ...state, ...difference }, migratesAtStart)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('a database without migrations', () => {
  it('accepts a user that may create tables', () => {
    expect(checkCreating(fine)).toBeNull();
  });

  it.each<[string, Partial<PostgresState>, RegExp]>([
    [
      'a schema in which the user may not create tables',
      { mayCreate: false },
      /may not create tables in the schema public:/,
    ],
    [
      'no schema in the search path',
      { schema: null, mayCreate: false },
      /no schema in its search_path:/,
    ],
  ])('reports %s', (_what, difference, message) => {
    expect(checkCreating({ ...fine, ...difference })).toMatchObject({
      status: 'broken',
      message: expect.stringMatching(message),
    });
  });
});

describe('checkFile', () => {
  const state = { file: '/d/a.db', exists: true, folder: '/d', refusal: null, freeBytes: 2e9 };

  it.each<[string, Partial<typeof state> | { refusal: string }, string[]]>([
    ['a file that can be written', {}, ['ok']],
    ['no file yet', { exists: false }, ['ok']],
    ['one that cannot be written', { refusal: 'EACCES' }, ['broken']],
    ['a disk that is nearly full', { freeBytes: 99 * 1024 * 1024 }, ['ok', 'warning']],
    ['a disk with enough room', { freeBytes: 101 * 1024 * 1024 }, ['ok']],
  ])('%s', (_what, difference, expected) => {
    expect(checkFile({ ...state, ...difference }).map(({ status }) => status)).toEqual(expected);
  });
});

describe('checkStoreFailure', () => {
  it.each([
    ['28P01', /refuses the password/],
    ['3D000', /no database of that name/],
    ['53300', /no connection left/],
    ['ECONNREFUSED', /cannot be connected to/],
    ['ENOTFOUND', /no address/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another name/],
  ])('PostgreSQL: %s', (code, message) => {
    const result = checkStoreFailure(config(far), failed(code));
    expect(result).toMatchObject({ status: 'broken', message: expect.stringMatching(message) });
    expect(result.message).toContain('db.example.com/people');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it.each([
    ['', /^Add .*sslrootcert=/],
    ['?sslrootcert=/ca.pem', /^Put .* sslrootcert names/],
  ])('says where to name the authority of an untrusted certificate: %s', (query, action) => {
    const untrusted = failed('SELF_SIGNED_CERT_IN_CHAIN');
    expect(checkStoreFailure(config(far + query), untrusted)).toMatchObject({
      message: expect.stringMatching(/not trusted/),
      action: expect.stringMatching(action),
    });
  });

  it.each([
    ['timeout expired', /in time/],
    ['unsupported startup parameter: statement_timeout', /a pooler that refuses/],
    ['The server does not support SSL connections', /does not speak TLS/],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /asks for a password/],
    ['Connection terminated unexpectedly', /closed the connection/],
  ])('explains an error without a code: %s', (text, message) => {
    const failure = new Error('store', { cause: new Error(text) });
    expect(checkStoreFailure(config(far), failure).message).toMatch(message);
  });

  it.each([
    ['SQLITE_NOTADB', /no SQLite database/],
    ['SQLITE_CORRUPT', /damaged/],
    ['SQLITE_BUSY', /locked/],
    ['SQLITE_CANTOPEN', /cannot be opened/],
    ['SQLITE_FULL', /full disk/],
    ['SQLITE_PROTOCOL', /cannot be used/],
  ])('SQLite: %s', (code, message) => {
    const result = checkStoreFailure({ kind: 'file', file: '/d/a.db' }, failed(code));
    expect(result).toMatchObject({ status: 'broken', message: expect.stringMatching(message) });
  });
});

describe('checkTables', () => {
  const current: SchemaState = { applied: ['0001-a', '0002-b'], pending: [], unknown: [] };
  const pending: SchemaState = { applied: ['0001-a'], pending: ['0002-b'], unknown: [] };
  const empty: SchemaState = { applied: [], pending: ['0001-a', '0002-b'], unknown: [] };
  const own: TableState = { name: 'users', exists: true, usable: true, owned: true };
  const absent: TableState = { name: 'sessions', exists: false, usable: false, owned: false };

  it.each<[string, SchemaState, TableState[]]>([
    ['an empty database', empty, [absent]],
    ['tables of another role that the user may use', current, [{ ...own, owned: false }]],
    ['a table that a pending migration creates', pending, [own, absent]],
    ['a newer version’s tables', { ...current, unknown: ['0003-c'] }, [absent]],
  ])('accepts %s', (_what, state, tables) => {
    expect(checkTables(state, tables)).toBeNull();
  });

  it.each<[string, SchemaState, TableState[], RegExp]>([
    ['a missing table', current, [own, absent], /not there.*\(sessions\)/],
    [
      'a table that may not be used',
      current,
      [{ ...own, usable: false }],
      /may not read and write/,
    ],
    ['a table of somebody else to be changed', pending, [{ ...own, owned: false }], /another role/],
    [
      'a table of something else under a name of ours',
      empty,
      [own, absent],
      /something else.*\(users\)/,
    ],
  ])('reports %s', (_what, state, tables, message) => {
    expect(checkTables(state, tables)).toMatchObject({
      status: 'broken',
      message: expect.stringMatching(message),
    });
  });
});
