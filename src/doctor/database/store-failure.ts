import type { DatabaseConfig, PostgresConfig } from '../../config/config.js';
import { databasePlace } from '../../database/database-place.js';
import { broken, type Judgement } from '../finding.js';
import { driverCode } from '../../database/store-error.js';
import { codeOf, explain, isUntrusted } from '../network-failure.js';

const KEEPS_NO_STATEMENTS = [
  'stands behind a pooler that keeps no prepared statements',
  'Set DATABASE_PREPARED_STATEMENTS=off, or use PgBouncer 1.21 or newer.',
] as const;

/** PostgreSQL's refusals of a connection (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const REFUSALS: Readonly<Record<string, readonly [seen: string, action: string]>> = {
  '28P01': ['refuses the password', 'Correct the user and password in DATABASE_URL.'],
  '28000': ['refuses the user', 'Correct the user in DATABASE_URL, or allow it in pg_hba.conf.'],
  '3D000': ['has no database of that name', 'Create it, or correct the name in DATABASE_URL.'],
  '53300': [
    'has no connection left',
    'Raise max_connections or the limit of the role (ALTER ROLE … CONNECTION LIMIT), or lower DATABASE_POOL_SIZE.',
  ],
  '55000': ['takes no connections to it', 'Allow them: ALTER DATABASE … ALLOW_CONNECTIONS true.'],
  '57P03': ['is starting up', 'Wait a moment, and run this again.'],
  '42P01': [
    'does not find its tables in the search_path',
    'Let the search_path of the user begin with the schema that has the tables.',
  ],
  '42P05': KEEPS_NO_STATEMENTS,
  '26000': KEEPS_NO_STATEMENTS,
  '42501': ['refuses the user a table', 'Grant the user its schema and its tables.'],
};

/** What pg, or its server's way of signing in, says in words alone. */
const SAYINGS: readonly (readonly [text: RegExp, seen: string, action: string])[] = [
  [
    /unsupported startup parameter/,
    'is a pooler that refuses what a connection starts with',
    'Let PgBouncer pass over it: ignore_startup_parameters = statement_timeout, idle_in_transaction_session_timeout',
  ],
  [
    /timeout/i,
    'did not answer in time',
    'See whether it is frozen or overloaded, and whether this machine may reach it: firewall, egress rules.',
  ],
  [
    /does not support SSL/,
    'does not speak TLS',
    'Turn it on there (ssl = on), or take sslmode out of DATABASE_URL if nobody can listen between the two.',
  ],
  [
    /password must be a (?:non-empty )?string|no password/i,
    'asks for a password',
    'Put the user’s password into DATABASE_URL.',
  ],
  [
    /terminated unexpectedly/,
    'hung up at once',
    'Check that PostgreSQL, or its proxy, is what listens on this port.',
  ],
];

/**
 * Judges why the store could not be used, by the driver's code or by words of its own. Its texts are not repeated: they
 * may hold a part of the connection string.
 *
 * @param thrown what `Database` threw
 */
export function judgeStoreFailure(config: DatabaseConfig, thrown: unknown): Judgement {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = driverCode(cause) ?? codeOf(cause);
  if (config.kind === 'file') return judgeFileFailure(config.file, code);
  const refusal = REFUSALS[code];
  const where = `The database at ${databasePlace(config.url)}`;
  if (refusal !== undefined) return broken(`${where} ${refusal[0]} (${code}).`, refusal[1]);
  const said = SAYINGS.find(([text]) => cause instanceof Error && text.test(cause.message));
  if (said !== undefined) return broken(`${where} ${said[1]}.`, said[2]);
  if (isUntrusted(code)) return judgeCertificate(config, where, cause);
  const { seen, action } = explain(cause);
  return broken(`${where} ${seen}.`, action);
}

/** An authority that is named in the URL is the only one that pg trusts. */
function judgeCertificate(config: PostgresConfig, where: string, cause: unknown): Judgement {
  const { seen } = explain(cause);
  return broken(
    `${where} ${seen}.`,
    new URL(config.url).searchParams.has('sslrootcert')
      ? 'Put the certificate of the authority that signed the server’s into the file that sslrootcert names.'
      : 'Add the authority that signed it to DATABASE_URL: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem',
  );
}

function judgeFileFailure(file: string, code: string): Judgement {
  if (/NOTADB|CORRUPT/.test(code)) {
    return broken(
      `The database file ${file} is damaged, or no SQLite database (${code}).`,
      'Bring back a backup, or name another file in DATABASE_URL.',
    );
  }
  if (/BUSY|LOCKED/.test(code)) {
    return broken(
      `The database file ${file} is locked by another program (${code}).`,
      'See which one writes to it; only one machine may use the file.',
    );
  }
  return broken(
    `The database file ${file} cannot be used (${code}).`,
    'Check its permissions and the disk, or name another file in DATABASE_URL.',
  );
}
