import { sql } from 'kysely';
import type { PostgresConfig } from '../../config/config.js';
import { databaseHost, isOnThisMachine } from '../../config/database-url.js';
import { MAKE_UTF8 } from '../../database/schema-state.js';
import type { Database } from '../../database/database.js';
import { broken, ok, type Result, warning } from '../check.js';

/** The oldest version that .env.example promises to work. */
const OLDEST_MAJOR = 14;

/** The part of the server's connections that one instance may take. */
const POOL_SHARE = 0.8;

/** Sessions end that much too early or too late. */
const CLOCK_WARN_MS = 5000;

export interface PostgresState {
  /** `server_version_num`: 150006 is 15.6. */
  version: number;
  /** The lowest limit of server, database and role. */
  maxConnections: number;
  encrypted: boolean;
  /** `UTF8`, as it has to be. */
  encoding: string;
  /** A standby, or read-only transactions by default. */
  readOnly: boolean;
  /** The first existing schema of the search path. */
  schema: string | null;
  mayCreate: boolean;
  /** Its clock minus this machine's, in milliseconds. */
  skewMs: number;
}

export async function postgresState(db: Database): Promise<PostgresState> {
  const sentAt = Date.now();
  const { rows } = await sql<Omit<PostgresState, 'skewMs'> & { now: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      current_setting('server_version_num')::int as version,
      (select min(n) from (values
        (current_setting('max_connections')::int),
        ((select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)),
        ((select nullif(datconnlimit, -1) from pg_database where datname = current_database()))
      ) as limits (n)) as "maxConnections",
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      current_setting('server_encoding') as encoding,
      current_setting('transaction_read_only') = 'on' as "readOnly",
      current_schema() as schema,
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as "mayCreate"`.execute(db);
  const answeredAt = Date.now();
  const [row] = rows;
  if (row === undefined) throw new Error('The server answered nothing.');
  const { now, ...state } = row;
  return { ...state, skewMs: now - (sentAt + answeredAt) / 2 };
}

export function checkPostgres(config: PostgresConfig, state: PostgresState): Result[] {
  const { readOnly, encrypted, encoding, skewMs } = state;
  const results = [checkVersion(state)];
  if (encoding !== 'UTF8') {
    results.push(
      broken(
        `The database stores text as ${encoding}: the service does not start, since most of the world’s names do not fit.`,
        MAKE_UTF8,
      ),
    );
  }
  if (readOnly) {
    results.push(
      broken(
        'The database can only be read: nobody can sign in.',
        'Point DATABASE_URL at the primary server, or turn default_transaction_read_only off.',
      ),
    );
  }
  results.push(checkPool(config, state));
  if (encrypted) {
    results.push(ok('The connection to the database is encrypted.'));
  } else if (!isOnThisMachine(databaseHost(config.url))) {
    results.push(
      warning(
        'The connection to the database is not encrypted.',
        'Add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem to DATABASE_URL.',
      ),
    );
  }
  if (Math.abs(skewMs) >= CLOCK_WARN_MS) {
    results.push(
      warning(
        `The database server’s clock and this machine’s are ${Math.round(Math.abs(skewMs) / 1000)} s apart.`,
        'Let both systems keep their time by NTP.',
      ),
    );
  }
  return results;
}

function checkVersion({ version }: PostgresState): Result {
  const major = Math.floor(version / 10_000);
  const name = `PostgreSQL ${major}.${version % 10_000}`;
  return major < OLDEST_MAJOR
    ? broken(`${name} is too old.`, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`)
    : ok(`${name} answers.`);
}

/** Whether the user can create the tables of pending migrations; null when it can. */
export function checkCreating({ schema, mayCreate }: PostgresState): Result | null {
  if (mayCreate) return null;
  const reason =
    schema === null
      ? 'has no schema in its search_path'
      : `may not create tables in the schema ${schema}`;
  return broken(
    `The user of DATABASE_URL ${reason}: the tables of the service cannot be made.`,
    'Make it the owner of the database, or give it a schema of its own that is first in its search_path.',
  );
}

function checkPool({ poolSize }: PostgresConfig, { maxConnections }: PostgresState): Result {
  const seen = `DATABASE_POOL_SIZE is ${poolSize}, and the server takes ${maxConnections} connections from this user at most`;
  if (poolSize > maxConnections) {
    return broken(
      `${seen}: requests fail under load.`,
      'Lower DATABASE_POOL_SIZE, or raise the limit (max_connections, ALTER ROLE … CONNECTION LIMIT).',
    );
  }
  if (poolSize > maxConnections * POOL_SHARE) {
    return warning(
      `${seen}.`,
      'Lower DATABASE_POOL_SIZE: every instance of the service has a pool of its own.',
    );
  }
  return ok(
    `The pool of ${poolSize} fits into the ${maxConnections} connections that the server allows.`,
  );
}
