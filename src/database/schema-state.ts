import type { Kysely } from 'kysely';
import { migrations } from './migrations/migrations.js';
import type { Schema } from './schema.js';

/** The database's schema does not match the code's. The message says how to fix it. */
export class SchemaError extends Error {
  static newer(unknown: readonly string[]): SchemaError {
    return new SchemaError(
      `The database was migrated by a newer version of Latchkey: this one does not know ${listed(unknown)}. Deploy that version or a newer one, or restore a backup that is older than it.`,
    );
  }

  static pending(pending: readonly string[]): SchemaError {
    return new SchemaError(
      `The database has not been migrated to this version of Latchkey, which needs ${listed(pending)}. Run latchkey migrate, then try again.`,
    );
  }

  /** A migration failed and was rolled back, with all others of the same run. */
  static failed(migration: string, cause: unknown): SchemaError {
    return new SchemaError(
      `The migration ${migration} failed; the database is as it was before it. Correct what stood in its way, then try again.`,
      { cause },
    );
  }

  /** The user of DATABASE_URL may not create tables in any schema. */
  static noSchema(cause: unknown): SchemaError {
    return new SchemaError(
      'The database cannot be migrated: its user may not create tables there. Make it the owner of the database, or give it a schema of its own that is first in its search_path.',
      { cause },
    );
  }
}

function listed(names: readonly string[]): string {
  const [last = ''] = names.slice(-1);
  if (names.length === 1) return `the migration ${last}`;
  return `the migrations ${names.slice(0, -1).join(', ')} and ${last}`;
}

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
