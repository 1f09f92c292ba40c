import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { DatabaseError, Pool, types } from 'pg';
import type { PostgresConfig } from '../config/config.js';

/** The id of PostgreSQL's 64-bit integer type (pg_type.dat). */
const INT8 = 20;

/** pg's own parsers; its types know only the ids that it names. */
const defaultParser = types.getTypeParser as (
  id: number,
  format?: 'text' | 'binary',
) => (value: string) => unknown;

/** How much longer we wait than the server may work: a server that is frozen does not keep its own deadline. */
const GRACE_MS = 500;

/**
 * PostgreSQL, through a pool of connections. Every wait has a deadline: for a connection, for a statement on the server,
 * and for its answer.
 *
 * @param onIdleError told when the server ends a connection; the pool replaces it
 */
export function postgresDialect(
  config: PostgresConfig,
  onIdleError: (error: Error) => void,
): Dialect {
  const pool = new Pool({
    connectionString: config.url,
    max: config.poolSize,
    connectionTimeoutMillis: config.connectTimeoutMs,
    statement_timeout: config.statementTimeoutMs,
    query_timeout: config.statementTimeoutMs + GRACE_MS,
    idle_in_transaction_session_timeout: config.statementTimeoutMs * 2,
    application_name: 'latchkey',
    // Milliseconds since 1970 stay far below 2^53, so a number holds them; pg would give strings.
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
        id === INT8 ? Number : defaultParser(id, format),
    },
  });
  pool.on('error', onIdleError);
  // While a connection is in use the pool does not listen to it, and an error that nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', onIdleError));
  return new PostgresDialect({ pool: leavingOutBroken(pool) });
}

/**
 * A pool that takes a connection back only when it is known what state it is in. After a deadline of ours, or a broken
 * connection, a statement may still be running on it, or a transaction open: such a one is closed. It is asked for nothing
 * more, a roll-back included, which would only wait for a second deadline: the server rolls back what loses its client.
 */
function leavingOutBroken(pool: Pool): PostgresPool {
  return {
    async connect(): Promise<PostgresPoolClient> {
      const client = await pool.connect();
      let broken: Error | null = null;
      // Cursors, the other thing that this could be asked for, are not used.
      const query = async (sql: string, parameters: readonly unknown[] = []) => {
        if (broken !== null) throw broken;
        try {
          return await client.query(sql, [...parameters]);
        } catch (error) {
          if (!isAnswer(error)) broken = error as Error;
          throw error;
        }
      };
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: () => client.release(broken !== null),
      };
    },
    end: () => pool.end(),
  };
}

/** Whether an error is the server's answer to a statement, and the connection as usable as before. */
function isAnswer(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(?:08|25|57|58|XX)/.test(error.code ?? '');
}
