import { isNativeError } from 'node:util/types';
import { AppError } from '../common/errors/app-error.js';
import { withMessage } from '../common/http/network-failure.js';

/** A write rejected by a constraint. The caller decides what that means. */
export class ConstraintViolation extends Error {
  constructor(
    /** `conflict`: such as a serialization failure or deadlock; the transaction can be retried. */
    readonly kind: 'unique' | 'foreign_key' | 'conflict' | 'other',
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.name = 'ConstraintViolation';
  }
}

/**
 * Translates a database driver's error. A constraint violation becomes ConstraintViolation; an error in a statement
 * stays unchanged; anything else becomes `store_unavailable`, so that the service never guesses what it could not read
 * (https://www.sqlite.org/rescode.html).
 */
export function translateStoreError(thrown: unknown): unknown {
  if (!isNativeError(thrown)) return thrown;
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ConstraintViolation) return thrown;
  const code = driverCode(thrown) ?? '';
  if (/^[0-9A-Z]{5}$/.test(code)) return translatePostgres(thrown, code);
  if (code.startsWith('SQLITE_')) return translateSqlite(thrown, code);
  return new AppError('store_unavailable', { cause: withMessage(thrown) });
}

/** The driver's error code, also of a translated error; undefined where there is none. */
export function driverCode(error: unknown): string | undefined {
  const cause = error instanceof AppError ? error.cause : error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  if ('errcode' in cause && typeof cause.errcode === 'number') return sqliteCode(cause.errcode);
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/**
 * SQLite's result codes (https://www.sqlite.org/rescode.html). The lowest byte of an extended code is the primary code.
 */
const SQLITE_CODES: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  19: 'SQLITE_CONSTRAINT',
  21: 'SQLITE_MISUSE',
  25: 'SQLITE_RANGE',
  26: 'SQLITE_NOTADB',
  787: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
};

function sqliteCode(errcode: number): string {
  return SQLITE_CODES[errcode] ?? SQLITE_CODES[errcode % 256] ?? `SQLITE_${errcode}`;
}

/**
 * Insufficient privilege, undefined table, duplicate prepared statement (a pooler without connection affinity): errors
 * of the deployment, not of a statement.
 */
const DEPLOYMENT_ERRORS: ReadonlySet<string> = new Set(['42501', '42P01', '42P05']);

/** The undefined-table error of SQLite, which has no code for it. */
const UNDEFINED_TABLE = /^no such table: /;

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function translatePostgres(thrown: Error, code: string): Error {
  if (code === '23505') return new ConstraintViolation('unique', thrown);
  if (code === '23503') return new ConstraintViolation('foreign_key', thrown);
  if (code.startsWith('23')) return new ConstraintViolation('other', thrown);
  if (code.startsWith('40')) return new ConstraintViolation('conflict', thrown);
  if (/^(?:22|42)/.test(code) && !DEPLOYMENT_ERRORS.has(code)) return thrown;
  return new AppError('store_unavailable', { cause: thrown });
}

function translateSqlite(thrown: Error, code: string): Error {
  if (code.startsWith('SQLITE_CONSTRAINT')) return new ConstraintViolation(kindOf(code), thrown);
  const isMistake =
    /^SQLITE_(?:ERROR|MISUSE|RANGE)$/.test(code) && !UNDEFINED_TABLE.test(thrown.message);
  if (isMistake) return thrown;
  return new AppError('store_unavailable', { cause: thrown });
}

function kindOf(code: string): ConstraintViolation['kind'] {
  if (/_(?:UNIQUE|PRIMARYKEY)$/.test(code)) return 'unique';
  return code.endsWith('_FOREIGNKEY') ? 'foreign_key' : 'other';
}
