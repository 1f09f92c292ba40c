import type { Kysely } from 'kysely';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { SchemaError } from './schema-error.js';

/** How a database's schema compares with the code's; names of migrations, in order. */
export interface SchemaState {
  applied: string[];
  /** Known to the code, and not yet done. */
  pending: string[];
  /** Done, and not known to the code: a newer version's. */
  unknown: string[];
}

/** Kysely's own table of migrations that have been done. */
interface Bookkeeping {
  kysely_migration: { name: string };
}

/** Reads which migrations a database has had. It changes nothing. */
export async function schemaState(db: Kysely<Schema>): Promise<SchemaState> {
  const applied = await appliedMigrations(db as unknown as Kysely<Bookkeeping>);
  const known = Object.keys(migrations);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** Makes sure that a database has the code's schema, without changing it. Throws SchemaError. */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  requireCurrent(await schemaState(db));
}

/** As `requireCurrentSchema`, for a state that has been read. */
export function requireCurrent({ pending, unknown }: SchemaState): void {
  if (unknown.length > 0) throw SchemaError.newer(unknown);
  if (pending.length > 0) throw SchemaError.pending(pending);
}

async function appliedMigrations(db: Kysely<Bookkeeping>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}
