import { Pool, type PoolConfig, types } from 'pg';
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

/** What connections are for: requests' queries, or migrations. */
export type PostgresPurpose = 'queries' | 'migrations';

/**
 * A pool of connections to PostgreSQL. Every wait of a query has a deadline: for a connection, for a statement on the
 * server, and for its answer.
 *
 * @param onIdleError told when the server ends a connection; the pool replaces it
 */
export function postgresPool(
  config: PostgresConfig,
  onIdleError: (error: Error) => void,
  purpose: PostgresPurpose,
): Pool {
  const pool = new Pool({
    connectionString: withFullVerification(config.url),
    connectionTimeoutMillis: config.connectTimeoutMs,
    ...(purpose === 'queries' ? queryLimits(config) : MIGRATION_LIMITS),
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
  return pool;
}

/**
 * Says in full what pg means. It takes `prefer`, `require` and `verify-ca` for `verify-full`, warns at every start that
 * its next version will not, and would then ask less of the server's certificate. `uselibpqcompat` asks for that today.
 */
function withFullVerification(url: string): string {
  const [base = '', query = ''] = url.split('#')[0]?.split(/\?(.*)/) ?? [];
  const parameters = new URLSearchParams(query);
  // Of several that are alike pg takes the last.
  const last = (name: string) => parameters.getAll(name).at(-1) ?? '';
  const meansMore = ['prefer', 'require', 'verify-ca'].includes(last('sslmode'));
  if (!meansMore || last('uselibpqcompat') === 'true') return url;
  parameters.set('sslmode', 'verify-full');
  return `${base}?${parameters.toString()}`;
}

function queryLimits({ poolSize, statementTimeoutMs }: PostgresConfig): PoolConfig {
  return {
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
  };
}

/** A migration's statement may take long. How long it may wait for a table, its transaction says (see the lock). */
const MIGRATION_LIMITS: PoolConfig = { max: 1, keepAlive: true };
