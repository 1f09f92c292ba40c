import type { AppError } from '../common/errors/app-error.js';
import { driverCode } from '../database/store-error.js';

/** What is wrong and what to do, by the driver's code. */
const MESSAGES: readonly (readonly [code: RegExp, reason: string])[] = [
  [
    /^(?:SQLITE_FULL|ENOSPC|53100)$/,
    'The disk that the database lies on is full. Make room, and run this again.',
  ],
  [
    /^(?:SQLITE_READONLY.*|EROFS|25006)$/,
    'The database can be read, and not written. Let this user write the file and its folder, or name the server that can be written in DATABASE_URL.',
  ],
  [
    /^(?:SQLITE_CANTOPEN.*|EACCES|EPERM)$/,
    'The database file cannot be opened. Let this user write the file and the folder that it is in.',
  ],
  [
    /^SQLITE_IOERR.*$/,
    'The disk that the database lies on is full, or fails. Make room, or see what the system says of it.',
  ],
  [
    /^57014$/,
    'The database did not finish a statement in time. See what holds it up there, and run this again.',
  ],
  [
    /^(?:26000|42P05)$/,
    'A pooler stands before the database that keeps no prepared statements. Set DATABASE_PREPARED_STATEMENTS=off.',
  ],
  [
    /^(?:SQLITE_BUSY.*|SQLITE_LOCKED.*|55P03)$/,
    'The database is locked by another program. See which one it is, and run this again.',
  ],
  [
    /^(?:SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    'The database file is damaged, or no SQLite database. Bring back a backup, or name another file in DATABASE_URL.',
  ],
];

const FALLBACK =
  'The database cannot be used. Check DATABASE_URL, and that the database is there and lets this user in.';

/** Why the store cannot be used, and what to do, in words. */
export function storeReason(error: AppError): string {
  const code = driverCode(error) ?? '';
  return MESSAGES.find(([codes]) => codes.test(code))?.[1] ?? FALLBACK;
}
