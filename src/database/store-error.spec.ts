import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { AppError } from '../common/errors/app-error.js';
import { ConstraintViolation, translateStoreError } from './store-error.js';

/** What a PostgreSQL server answers. */
function answer(code: string): Error {
  return Object.assign(new DatabaseError('words of the server', 20, 'error'), { code });
}

function withCode(code: string): Error {
  return Object.assign(new Error('words of the driver'), { code });
}

/** The kind of what an error becomes: an error code, a kind of violation, or `as it is`. */
function fate(thrown: Error): string {
  const translated = translateStoreError(thrown);
  if (translated === thrown) return 'as it is';
  expect(translated).toMatchObject({ cause: thrown });
  if (translated instanceof ConstraintViolation) return translated.kind;
  return translated instanceof AppError ? translated.code : 'something else';
}

describe('PostgreSQL errors', () => {
  it.each([
    ['23505', 'unique'],
    ['23503', 'foreign_key'],
    ['23502', 'other'],
    ['23514', 'other'],
    ['23P01', 'other'],
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['40003', 'conflict'],
    ['42601', 'as it is'],
    ['42703', 'as it is'],
    ['22P02', 'as it is'],
    ['22021', 'as it is'],
    ['08000', 'store_unavailable'],
    ['08006', 'store_unavailable'],
    ['25006', 'store_unavailable'],
    ['25P02', 'store_unavailable'],
    ['25P03', 'store_unavailable'],
    ['28P01', 'store_unavailable'],
    ['3D000', 'store_unavailable'],
    ['53100', 'store_unavailable'],
    ['53300', 'store_unavailable'],
    ['42501', 'store_unavailable'],
    ['42P01', 'store_unavailable'],
    ['42P05', 'store_unavailable'],
    ['26000', 'store_unavailable'],
    ['55000', 'store_unavailable'],
    ['55P03', 'store_unavailable'],
    ['57014', 'store_unavailable'],
    ['57P01', 'store_unavailable'],
    ['57P03', 'store_unavailable'],
    ['58030', 'store_unavailable'],
    ['XX000', 'store_unavailable'],
    ['XX001', 'store_unavailable'],
  ])('%s: %s', (code, expected) => {
    expect(fate(answer(code))).toBe(expected);
  });
});

/** As node:sqlite has it: its own code, and SQLite's extended one. */
function fromSqlite(errcode: number, message = 'words of SQLite'): Error {
  return Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });
}

describe('SQLite errors', () => {
  it.each([
    [2067, 'UNIQUE', 'unique'],
    [1555, 'PRIMARYKEY', 'unique'],
    [787, 'FOREIGNKEY', 'foreign_key'],
    [1299, 'NOTNULL', 'other'],
    [275, 'CHECK', 'other'],
    [19, 'CONSTRAINT', 'other'],
    [1, 'ERROR', 'as it is'],
    [21, 'MISUSE', 'as it is'],
    [25, 'RANGE', 'as it is'],
    [5, 'BUSY', 'store_unavailable'],
    [517, 'BUSY_SNAPSHOT', 'store_unavailable'],
    [6, 'LOCKED', 'store_unavailable'],
    [8, 'READONLY', 'store_unavailable'],
    [10, 'IOERR', 'store_unavailable'],
    [522, 'IOERR_SHORT_READ', 'store_unavailable'],
    [11, 'CORRUPT', 'store_unavailable'],
    [13, 'FULL', 'store_unavailable'],
    [14, 'CANTOPEN', 'store_unavailable'],
    [26, 'NOTADB', 'store_unavailable'],
    [7, 'NOMEM', 'store_unavailable'],
    [15, 'PROTOCOL', 'store_unavailable'],
  ])('%i (%s): %s', (errcode, _name, expected) => {
    expect(fate(fromSqlite(errcode))).toBe(expected);
  });
});

it('recognises SQLite’s missing table by its message', () => {
  const [table, column] = ['no such table: users', 'no such column: users'].map((text) =>
    fate(fromSqlite(1, text)),
  );
  expect([table, column]).toEqual(['store_unavailable', 'as it is']);
});

describe('connection errors', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'EPIPE',
    'ENOENT',
  ])('%s becomes store_unavailable', (code) => {
    expect(fate(withCode(code))).toBe('store_unavailable');
  });

  it.each([
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
    new TypeError('The database connection is not open'),
    new AggregateError([withCode('ECONNREFUSED')]),
    Object.assign(new Error('a code that is no text'), { code: 7 }),
  ])('an error with only the message "%s" becomes store_unavailable', (thrown) => {
    expect(fate(thrown)).toBe('store_unavailable');
  });
});

describe('a translated or unrelated error', () => {
  it.each<[string, unknown]>([
    ['an AppError', new AppError('last_identity')],
    ['an AppError about the store', new AppError('store_unavailable')],
    ['a violation', new ConstraintViolation('unique', new Error('first'))],
    ['no error at all', 'thrown text'],
    ['nothing', undefined],
  ])('%s passes through', (_name, thrown) => {
    expect(translateStoreError(thrown)).toBe(thrown);
  });
});

it('never shows the driver’s message to clients', () => {
  const translated = translateStoreError(
    new Error('password authentication failed for user "latchkey"'),
  );
  expect(String(translated)).not.toMatch(/password|latchkey"/);
});
