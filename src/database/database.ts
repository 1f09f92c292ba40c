import {
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type Transaction,
} from 'kysely';
import type { Schema } from './schema.js';
import type { DatabaseConfig } from '../config/config.js';
import { type PostgresPurpose, postgresPool } from './postgres.js';
import { embeddedDialect } from './embedded.js';
import { sameFileCheck } from './embedded-file.js';
import { PreparedQuery } from './prepared-query.js';
import { kyselyPool } from './statement-pool.js';

/** Reads from a table: SQLite answers a query without one without accessing its file. */
const anyRow = new PreparedQuery((db, _none: object) =>
  db.selectFrom('claimed_attempts').select('attempt_id').limit(1),
);

/** Throws AppError `store_unavailable`, or ConstraintViolation where a write violates a constraint. */
export class Database extends Kysely<Schema> {
  constructor(
    dialect: Dialect,
    private readonly checkFile: () => void,
  ) {
    super({ dialect });
  }

  /** Checks that the store answers, from the file that was opened. Throws `store_unavailable`. */
  async ping(): Promise<void> {
    this.checkFile();
    await anyRow.first(this, {});
  }
}

export type Queryable = Database | Transaction<Schema>;

/**
 * Opens the embedded database or PostgreSQL.
 *
 * @param onIdleError called when an idle connection breaks
 * @param purpose `migrations` lifts the statement timeout
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
  const dialect = new ServerDialect(kyselyPool(pool, prepared));
  return new Database(dialect, () => undefined);
}

/**
 * States the isolation that every transaction is written for: a database or role may have another default, with which
 * transactions that touch the same rows or pages fail.
 */
class ServerDriver extends PostgresDriver {
  override beginTransaction(connection: DatabaseConnection): Promise<void> {
    return super.beginTransaction(connection, { isolationLevel: 'read committed' });
  }
}

class ServerDialect extends PostgresDialect {
  constructor(private readonly pool: PostgresPool) {
    super({ pool });
  }

  override createDriver(): ServerDriver {
    return new ServerDriver({ pool: this.pool });
  }
}
