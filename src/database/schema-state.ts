import { type Kysely, sql } from 'kysely';
import { migrations } from './migrations/migrations.js';
import { isPostgres } from './prepared-query.js';
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

  static encoding(encoding: string): SchemaError {
    return new SchemaError(
      `The database stores text as ${encoding}, which has no room for most of the world’s names. ${MAKE_UTF8}`,
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

/** What to do about a database of another encoding: it cannot be changed. */
export const MAKE_UTF8 =
  "Make a new one (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0), and name it in DATABASE_URL.";

/** @throws SchemaError when a PostgreSQL database cannot store every character */
export async function requireUtf8(db: Kysely<Schema>): Promise<void> {
  if (!isPostgres(db)) return;
  const { rows } = await sql<{ encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(db);
  const encoding = rows[0]?.encoding ?? 'nothing';
  if (encoding !== 'UTF8') throw SchemaError.encoding(encoding);
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

/** Which migrations have been applied. By a name of its own: other programs use Kysely as well. */
export interface MigrationLog {
  latchkey_migration: { name: string; timestamp: string };
}

export async function schemaState(db: Kysely<Schema>): Promise<SchemaState> {
  const applied = await appliedMigrations(db as unknown as Kysely<MigrationLog>);
  const known = Object.keys(migrations);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** @throws SchemaError when the database does not have the code's schema, or cannot store every character */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  await requireUtf8(db);
  requireCurrent(await schemaState(db));
}

export function requireCurrent({ pending, unknown }: SchemaState): void {
  if (unknown.length > 0) throw SchemaError.newer(unknown);
  if (pending.length > 0) throw SchemaError.pending(pending);
}

async function appliedMigrations(db: Kysely<MigrationLog>): Promise<string[]> {
  if (!(await hasMigrationLog(db))) return [];
  const rows = await db.selectFrom('latchkey_migration').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

/** In the service's own schema, the first of the search path; other schemas may have those of other instances. */
async function hasMigrationLog(db: Kysely<MigrationLog>): Promise<boolean> {
  const { rows } = await (
    isPostgres(db)
      ? sql`select where to_regclass(quote_ident(current_schema()) || '.latchkey_migration') is not null`
      : sql`select 1 from sqlite_schema where type = 'table' and name = 'latchkey_migration'`
  ).execute(db);
  return rows.length > 0;
}
