import { Socket } from 'node:net';
import { Pool, type PoolConfig, types } from 'pg';
import { bothFamilies } from '../common/http/address-family.js';
import type { PostgresConfig } from '../config/config.js';

/** The OID of `int8` (pg_type.dat). */
const INT8 = 20;

/** pg's own parsers; its typings only list the OIDs that it names. */
const defaultParser = types.getTypeParser as (
  id: number,
  format?: 'text' | 'binary',
) => (value: string) => unknown;

/** How much longer the client waits than the server's statement timeout: a frozen server does not enforce its own. */
const GRACE_MS = 500;

export type PostgresPurpose = 'queries' | 'migrations';

/**
 * A PostgreSQL connection pool. Connecting, running a statement and receiving its result each have a deadline.
 *
 * @param onIdleError called when the server ends a connection; the pool replaces it
 */
export function postgresPool(
  config: PostgresConfig,
  onIdleError: (error: Error) => void,
  purpose: PostgresPurpose,
): Pool {
  const pool = new Pool({
    connectionString: withFullVerification(config.url),
    connectionTimeoutMillis: config.connectTimeoutMs,
    stream: () => new ServerSocket(config.connectTimeoutMs),
    ...(purpose === 'queries' ? queryLimits(config) : MIGRATION_LIMITS),
    application_name: 'latchkey',
    // Timestamps in milliseconds are far below 2^53; pg would return strings.
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
        id === INT8 ? Number : defaultParser(id, format),
    },
  });
  pool.on('error', onIdleError);
  // The pool does not listen to a connection in use, and an unhandled 'error' event ends the process.
  pool.on('connect', (client) => client.on('error', onIdleError));
  return pool;
}

/** pg connects by port and host alone. */
class ServerSocket extends Socket {
  constructor(private readonly connectTimeoutMs: number) {
    super();
  }

  /** @param place a port, or the path of a Unix socket */
  override connect(place: unknown, ...rest: unknown[]): this {
    const [host] = rest;
    if (typeof host !== 'string') return super.connect(String(place));
    return super.connect({ port: Number(place), host, ...bothFamilies(this.connectTimeoutMs) });
  }
}

/**
 * Makes pg's current meaning of `sslmode` explicit. pg treats `prefer`, `require` and `verify-ca` as `verify-full`, and
 * warns at every start that its next version will not, which would weaken certificate verification. `uselibpqcompat`
 * opts into that today.
 */
function withFullVerification(url: string): string {
  const [base = '', query = ''] = url.split('#')[0]?.split(/\?(.*)/) ?? [];
  const parameters = new URLSearchParams(query);
  // Of duplicate parameters pg takes the last.
  const last = (name: string) => parameters.getAll(name).at(-1) ?? '';
  const needsFullVerification = ['prefer', 'require', 'verify-ca'].includes(last('sslmode'));
  if (!needsFullVerification || last('uselibpqcompat') === 'true') return url;
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

/**
 * Migrations have no statement timeout; their wait for table locks is limited within the transaction (see
 * `withMigrationLock`).
 */
const MIGRATION_LIMITS: PoolConfig = { max: 1, keepAlive: true };
