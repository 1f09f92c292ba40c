import { isUntrusted } from '../../common/http/network-failure.js';
import type { DatabaseConfig } from '../../config/config.js';
import { databasePlace } from '../../database/database-place.js';
import { explainStoreFailure } from '../../database/store-failure.js';
import { broken, type Result } from '../check.js';

/** @param thrown what `Database` threw */
export function checkStoreFailure(config: DatabaseConfig, thrown: unknown): Result {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const { seen, action } = explainStoreFailure(cause);
  return config.kind === 'file'
    ? broken(`The database file ${config.file} ${seen}.`, action)
    : broken(
        `The database at ${databasePlace(config.url)} ${seen}.`,
        isUntrusted(cause) ? trustAction(config.url) : action,
      );
}

/** pg trusts only the authority that the URL names. */
function trustAction(url: string): string {
  return new URL(url).searchParams.has('sslrootcert')
    ? 'Put the certificate of the authority that signed the server’s into the file that sslrootcert names.'
    : 'Add the authority that signed it to DATABASE_URL: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem';
}
