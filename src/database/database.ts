import { type Dialect, Kysely, PostgresAdapter, PostgresDialect, type Transaction } from 'kysely';
import type { Schema } from './schema.js';
import type { DatabaseConfig } from '../config/config.js';
import { type PostgresPurpose, postgresPool } from './postgres.js';
import { embeddedDialect } from './embedded.js';
import { sameFileCheck } from './embedded-file.js';
import { PreparedQuery } from './prepared-query.js';
import { kyselyPool } from './statement-pool.js';

/** A row of a table: SQLite answers what needs none without looking at its file. */
const anyRow = new PreparedQuery((db, _none: object) =>
  db.selectFrom('claimed_attempts').select('attempt_id').limit(1),
);

/**
 * The connection to the store, for all queries. What it throws is an AppError `store_unavailable`, or a
 * ConstraintViolation where a write met a constraint.
 */
export class Database extends Kysely<Schema> {
  constructor(
    dialect: Dialect,
    private readonly checkFile: () => void,
  ) {
    super({ dialect });
  }

  /** Throws `store_unavailable` unless the store answers, and is still the one that was opened. */
  async ping(): Promise<void> {
    this.checkFile();
    await anyRow.first(this, {});
  }
}

/** The store, or a transaction on it: what a query needs to run. */
export type Queryable = Database | Transaction<Schema>;

/**
 * Opens the store: the embedded database, or PostgreSQL.
 *
 * @param onIdleError told of connections that broke while nobody was using them
 * @param purpose `migrations` for statements that may take as long as they take
 */
export function openDatabase(
  config: DatabaseConfig,
  onIdleError: (error: Error) => void,
  purpose: PostgresPurpose = 'queries',
): Database {
  if (config.kind === 'file') {
    return new Database(embeddedDialect(config.file), sameFileCheck(config.file));
  }
  const pool = postgresPool(config, onIdleError, purpose);
  const { preparedStatements: prepared } = config;
  const dialect = new ServerDialect({ pool: kyselyPool(pool, prepared) });
  return new Database(dialect, () => undefined);
}

/** Kysely's lock for migrations belongs to a connection; ours belongs to the transaction (see `withMigrationLock`). */
class ServerAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}

class ServerDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new ServerAdapter();
  }
}
