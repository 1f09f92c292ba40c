import { explainNetworkFailure, type NetworkFailure } from '../common/http/network-failure.js';
import { driverCode } from './store-error.js';

/** A reason, and how it is recognised. */
type Entry = readonly [pattern: RegExp, seen: string, action: string];

/**
 * By the code of SQLite, PostgreSQL or the system.
 *
 * @see https://www.sqlite.org/rescode.html
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CODES: readonly Entry[] = [
  [/^(?:SQLITE_FULL|ENOSPC|53100)$/, 'is on a full disk', 'Make room, and try again.'],
  [
    /^SQLITE_IOERR/,
    'is on a disk that is full or failing',
    'Make room, or see what the system says of the disk.',
  ],
  [
    /^(?:SQLITE_READONLY.*|EROFS|25006)$/,
    'is read-only',
    'Give this user write permission on the file and its folder, or name the server that can be written in DATABASE_URL.',
  ],
  [
    /^(?:SQLITE_CANTOPEN.*|EACCES|EPERM)$/,
    'cannot be opened',
    'Give this user write permission on the file and its folder, or name another file in DATABASE_URL.',
  ],
  [
    /^(?:SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    'is damaged, or no SQLite database',
    'Restore a backup, or name another file in DATABASE_URL.',
  ],
  [
    /^(?:SQLITE_BUSY.*|SQLITE_LOCKED.*|55P03)$/,
    'is locked by another program',
    'See which one it is; only one machine may use an embedded database.',
  ],
  [/^28P01$/, 'refuses the password', 'Correct the user and password in DATABASE_URL.'],
  [/^28000$/, 'refuses the user', 'Correct the user in DATABASE_URL, or allow it in pg_hba.conf.'],
  [
    /^3D000$/,
    'is not there: the server has no database of that name',
    'Create it, or correct the name in DATABASE_URL.',
  ],
  [
    /^53300$/,
    'has no connection left',
    'Raise max_connections or the limit of the role (ALTER ROLE … CONNECTION LIMIT), or lower DATABASE_POOL_SIZE.',
  ],
  [/^55000$/, 'allows no connections', 'Allow them: ALTER DATABASE … ALLOW_CONNECTIONS true.'],
  [/^57P03$/, 'is starting up', 'Wait a moment, and try again.'],
  [/^57014$/, 'did not finish a statement in time', 'See what holds it up there, and try again.'],
  [
    /^42P01$/,
    'does not find its tables in the search_path',
    'Let the search_path of the user begin with the schema that has the tables.',
  ],
  [/^42501$/, 'refuses the user a table', 'Grant the user its schema and its tables.'],
  [
    /^(?:26000|42P05)$/,
    'is behind a pooler that keeps no prepared statements',
    'Set DATABASE_PREPARED_STATEMENTS=off, or use PgBouncer 1.21 or newer.',
  ],
];

/** By the text, where pg or a pooler gives no code of its own. */
const MESSAGE_PATTERNS: readonly Entry[] = [
  [
    /unsupported startup parameter/,
    'is behind a pooler that refuses the parameters of a connection’s start',
    'Let PgBouncer ignore them: ignore_startup_parameters = statement_timeout, idle_in_transaction_session_timeout',
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
    'closed the connection at once',
    'Check that PostgreSQL, or its proxy, is what listens on this port.',
  ],
];

const FALLBACK: NetworkFailure = {
  seen: 'cannot be used',
  action: 'Check DATABASE_URL, and that the database is there and lets this user in.',
};

/**
 * Explains why the database cannot be used. The error's own text is not repeated: it may hold a part of the connection
 * string.
 *
 * @param cause what the driver threw
 * @returns `seen` follows “The database”
 */
export function explainStoreFailure(cause: unknown): NetworkFailure {
  const code = driverCode(cause);
  const text = cause instanceof Error ? cause.message : '';
  const known =
    CODES.find(([codes]) => codes.test(code ?? '')) ??
    MESSAGE_PATTERNS.find(([texts]) => texts.test(text));
  if (known === undefined) return explainNetworkFailure(cause, FALLBACK);
  const [, seen, action] = known;
  return { seen: code === undefined ? seen : `${seen} (${code})`, action };
}
