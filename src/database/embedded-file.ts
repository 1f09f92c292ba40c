import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../common/errors/app-error.js';

/**
 * Creates the file and its directory with owner-only permissions, which SQLite's other files inherit. An existing file
 * is not opened: closing it would release this process's locks on it (https://www.sqlite.org/howtocorrupt.html, "Posix
 * advisory locks canceled").
 */
export function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/**
 * Creates a check that the database file is still the one that was opened. SQLite keeps using a file that has been
 * deleted or replaced, and what it writes is lost.
 *
 * @returns a function that throws AppError `store_unavailable` when the file has changed since its first call
 */
export function sameFileCheck(file: string): () => void {
  let opened: string | undefined;
  return () => {
    const now = identityOf(file);
    opened ??= now;
    if (now === 'missing' || now !== opened) {
      throw new AppError('store_unavailable', {
        cause: new Error('The database file was deleted or replaced. Put it back, and restart.'),
      });
    }
  };
}

function identityOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'missing' : `${stats.dev} ${stats.ino}`;
}
