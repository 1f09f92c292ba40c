import { AppError } from '../common/errors.js';

/** A write that a constraint of the schema refused. What it means is for the caller to say. */
export class ConstraintViolation extends Error {
  constructor(
    readonly kind: 'unique' | 'foreign_key' | 'other',
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.name = 'ConstraintViolation';
  }
}

/**
 * Translates what a database driver threw. A constraint becomes a ConstraintViolation; a mistake in a statement stays
 * what it is; everything else means that the store cannot be used now, which is `store_unavailable`: the service never
 * guesses what it could not read (https://www.sqlite.org/rescode.html).
 */
export function translateStoreError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (code.startsWith('SQLITE_CONSTRAINT')) return new ConstraintViolation(kindOf(code), thrown);
  if (code === 'SQLITE_ERROR' || code === 'SQLITE_MISUSE' || code === 'SQLITE_RANGE') return thrown;
  return new AppError('store_unavailable', { cause: thrown });
}

function kindOf(code: string): ConstraintViolation['kind'] {
  if (/_(?:UNIQUE|PRIMARYKEY)$/.test(code)) return 'unique';
  return code.endsWith('_FOREIGNKEY') ? 'foreign_key' : 'other';
}
