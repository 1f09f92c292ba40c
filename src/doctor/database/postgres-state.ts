import { sql } from 'kysely';
import { isLoopback } from '../../common/loopback.js';
import type { PostgresConfig } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { databaseHost } from '../../database/database-place.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** The oldest version that is supported, as .env.example says. */
const OLDEST_MAJOR = 14;

/** Which part of the server's connections one instance may take. */
const POOL_SHARE = 0.8;

/** What a difference between two clocks does: sessions end early or late, in milliseconds. */
const CLOCK_WARN_MS = 5000;

/** What a PostgreSQL server tells about itself. */
export interface PostgresState {
  /** As `server_version_num` has it: 150006 is 15.6. */
  version: number;
  /** How many connections the server, the database and the role allow. */
  maxConnections: number;
  encrypted: boolean;
  /** A standby, or a server or role that starts every transaction read-only. */
  readOnly: boolean;
  /** The first schema of the search path that is there. */
  schema: string | null;
  mayCreate: boolean;
  /** Its clock minus ours, give or take half the time that asking took; milliseconds. */
  skewMs: number;
}

/** Asks the server. */
export async function postgresState(db: Database): Promise<PostgresState> {
  const sentAt = Date.now();
  const { rows } = await sql<{
    now: number;
    version: string;
    max: number;
    ssl: boolean | null;
    readOnly: boolean;
    schema: string | null;
    mayCreate: boolean | null;
  }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      current_setting('server_version_num') as version,
      (select min(n) from (values
        (current_setting('max_connections')::int),
        ((select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)),
        ((select nullif(datconnlimit, -1) from pg_database where datname = current_database()))
      ) as limits (n)) as max,
      (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl,
      current_setting('transaction_read_only') = 'on' as "readOnly",
      current_schema() as schema,
      has_schema_privilege(current_schema(), 'CREATE') as "mayCreate"`.execute(db);
  const answeredAt = Date.now();
  const [row] = rows;
  if (row === undefined) throw new Error('The server answered nothing.');
  return {
    version: Number(row.version),
    maxConnections: row.max,
    encrypted: row.ssl === true,
    readOnly: row.readOnly,
    schema: row.schema,
    mayCreate: row.mayCreate === true,
    skewMs: row.now - (sentAt + answeredAt) / 2,
  };
}

/** Judges a PostgreSQL server by what it said. */
export function judgePostgres(config: PostgresConfig, state: PostgresState): Judgement[] {
  return [
    judgeVersion(state),
    judgeWriting(state),
    judgePool(config, state),
    judgeEncryption(config, state),
    judgeServerClock(state),
  ].filter((judgement) => judgement !== null);
}

function judgeVersion({ version }: PostgresState): Judgement {
  const major = Math.floor(version / 10_000);
  const name = `PostgreSQL ${major}.${version % 10_000}`;
  return major < OLDEST_MAJOR
    ? broken(`${name} is too old.`, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`)
    : ok(`${name} answers.`);
}

function judgeWriting({ readOnly }: PostgresState): Judgement | null {
  if (!readOnly) return null;
  return broken(
    'The database can only be read: nobody can sign in.',
    'Point DATABASE_URL at the primary server, or turn default_transaction_read_only off.',
  );
}

/**
 * Judges whether the user can make the tables that are still to be made.
 *
 * @returns null when it can
 */
export function judgeCreating({ schema, mayCreate }: PostgresState): Judgement | null {
  if (mayCreate) return null;
  const where =
    schema === null
      ? 'has no schema in its search_path'
      : `may not make tables in the schema ${schema}`;
  return broken(
    `The user of DATABASE_URL ${where}: the tables of the service cannot be made.`,
    'Make it the owner of the database, or give it a schema of its own that is first in its search_path.',
  );
}

function judgePool({ poolSize }: PostgresConfig, { maxConnections }: PostgresState): Judgement {
  if (poolSize > maxConnections) {
    return broken(
      `DATABASE_POOL_SIZE is ${poolSize}, and the server takes ${maxConnections} connections from this user at most: requests fail under load.`,
      'Lower DATABASE_POOL_SIZE, or raise the limit (max_connections, ALTER ROLE … CONNECTION LIMIT).',
    );
  }
  return poolSize > maxConnections * POOL_SHARE
    ? warning(
        `DATABASE_POOL_SIZE is ${poolSize}, and the server takes ${maxConnections} connections from this user at most.`,
        'Lower DATABASE_POOL_SIZE: every instance of the service has a pool of its own.',
      )
    : ok(
        `The pool of ${poolSize} fits into the ${maxConnections} connections that the server allows.`,
      );
}

function judgeEncryption({ url }: PostgresConfig, { encrypted }: PostgresState): Judgement | null {
  if (encrypted) return ok('The connection to the database is encrypted.');
  if (isLocal(url)) return null;
  return warning(
    'The connection to the database is not encrypted.',
    'Add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem to DATABASE_URL.',
  );
}

/** A server on this machine, or a socket. */
function isLocal(url: string): boolean {
  const host = databaseHost(url);
  return host === '' || host.startsWith('/') || isLoopback(host);
}

function judgeServerClock({ skewMs }: PostgresState): Judgement | null {
  if (Math.abs(skewMs) < CLOCK_WARN_MS) return null;
  return warning(
    `The database server’s clock and this machine’s are ${Math.round(Math.abs(skewMs) / 1000)} s apart.`,
    'Let both systems keep their time by NTP.',
  );
}
