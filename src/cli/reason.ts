import { CommanderError } from 'commander';
import { AppError } from '../common/errors.js';
import { ConfigError } from '../config/config-error.js';
import { SchemaError } from '../database/schema-error.js';
import { driverCode } from '../database/store-error.js';
import { CommandFailure, USAGE } from './failure.js';

/** Why the store cannot be used and what to do, by the driver's code; the last one is for all else. */
const STORE: readonly (readonly [code: RegExp, reason: string])[] = [
  [
    /^(?:SQLITE_FULL|ENOSPC|53100)$/,
    'The disk that the database lies on is full. Make room, and run this again.',
  ],
  [
    /^(?:SQLITE_READONLY.*|EROFS|25006)$/,
    'The database can be read, and not written. Let this user write the file and its folder, or name the server that can be written in DATABASE_URL.',
  ],
  [
    /^(?:SQLITE_BUSY.*|SQLITE_LOCKED.*|55P03)$/,
    'The database is locked by another program. See which one it is, and run this again.',
  ],
  [
    /^(?:SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    'The database file is damaged, or no SQLite database. Bring back a backup, or name another file in DATABASE_URL.',
  ],
  [
    /(?:)/,
    'The database cannot be used. Check DATABASE_URL, and that the database is there and lets this user in.',
  ],
];

/** Why a command could not do its work, in words where the operator can do something about it; empty where it was said. */
export function reasonOf(error: unknown): string {
  if (error instanceof CommanderError) return '';
  if (error instanceof ConfigError || error instanceof CommandFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  const listening = listenFailure(error);
  if (listening !== null) return listening;
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.message}` : '';
  if (error instanceof SchemaError) return error.message + cause;
  if (error instanceof AppError) {
    return error.code === 'store_unavailable' ? storeFailure(error) + cause : error.message + cause;
  }
  return `${error.stack ?? error.message}${cause}`;
}

function storeFailure(error: AppError): string {
  const code = driverCode(error) ?? '';
  return STORE.find(([codes]) => codes.test(code))?.[1] ?? error.message;
}

/** What Node says of a failed `listen`. */
interface SystemError extends Error {
  code?: unknown;
  port?: number;
  address?: string;
  hostname?: string;
}

/** Why nothing listens (https://nodejs.org/api/errors.html#common-system-errors), in words; null when it is not that. */
function listenFailure(error: Error): string | null {
  const { code, port, address, hostname } = error as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or set PORT, SANDBOX_PORT or MANAGEMENT_PORT to a free one.`;
    case 'EACCES':
      return port === undefined
        ? null
        : `This user may not listen on port ${port}. Set PORT, SANDBOX_PORT or MANAGEMENT_PORT to one from 1024 on.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address ?? hostname} is no address of this machine. Set HOST (or MANAGEMENT_HOST) to one, or leave it unset.`;
    default:
      return null;
  }
}

/** The exit code of a command that could not do its work: 2 when it was used wrongly, 1 otherwise; 0 after `--help`. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  return 1;
}
