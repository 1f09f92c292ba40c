import type { Kysely } from 'kysely';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';
import { SchemaError } from './schema-error.js';

/** The database's migrations compared with the code's, in order. */
export interface SchemaState {
  applied: string[];
  pending: string[];
  /** Applied by a newer version of the service. */
  unknown: string[];
}

interface Bookkeeping {
  kysely_migration: { name: string };
}

export async function schemaState(db: Kysely<Schema>): Promise<SchemaState> {
  const applied = await appliedMigrations(db as unknown as Kysely<Bookkeeping>);
  const known = Object.keys(migrations);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** @throws SchemaError when the database does not have the code's schema */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  requireCurrent(await schemaState(db));
}

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
