import type { DatabaseConfig } from '../../config/config.js';
import { databasePlace } from '../../database/database-place.js';
import { broken, type Judgement } from '../finding.js';
import { codeOf, explain } from '../network-failure.js';

/** PostgreSQL's refusals of a connection (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const REFUSALS: Readonly<Record<string, readonly [seen: string, action: string]>> = {
  '28P01': ['refuses the password', 'Correct the user and password in DATABASE_URL.'],
  '28000': ['refuses the user', 'Correct the user in DATABASE_URL, or allow it in pg_hba.conf.'],
  '3D000': ['has no database of that name', 'Create it, or correct the name in DATABASE_URL.'],
  '53300': ['has no connection left', 'Raise max_connections, or lower DATABASE_POOL_SIZE.'],
  '57P03': ['is starting up', 'Wait a moment, and run this again.'],
  '42501': ['refuses the user a table', 'Grant the user its schema and its tables.'],
};

/**
 * Judges why the store could not be used, by the driver's code alone: its texts may hold a part of the connection string.
 *
 * @param thrown what `Database` threw
 */
export function judgeStoreFailure(config: DatabaseConfig, thrown: unknown): Judgement {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = codeOf(cause);
  if (config.kind === 'file') return judgeFileFailure(config.file, code);
  const refusal = REFUSALS[code];
  const where = `The database at ${databasePlace(config.url)}`;
  if (refusal !== undefined) return broken(`${where} ${refusal[0]} (${code}).`, refusal[1]);
  // These two pg says in words alone.
  const said = cause instanceof Error ? cause.message : '';
  if (/does not support SSL/.test(said)) {
    return broken(
      `${where} does not speak TLS.`,
      'Turn it on there (ssl = on), or take sslmode out of DATABASE_URL if nobody can listen between the two.',
    );
  }
  if (/OSSL/.test(code)) {
    return broken(
      `A certificate or key that DATABASE_URL names cannot be used (${code}).`,
      'sslrootcert, sslcert and sslkey each need a file in PEM.',
    );
  }
  const { seen, action } = explain(/timeout/i.test(said) ? { code: 'ETIMEDOUT' } : cause);
  return broken(`${where} ${seen}.`, action);
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
