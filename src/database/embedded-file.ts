import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../common/errors/app-error.js';

/**
 * Makes the file and its folder for this user's eyes alone, where they are not there; SQLite's other files follow it. One
 * that is there is not touched: closing it would let go of the locks that this process has on it
 * (https://www.sqlite.org/howtocorrupt.html, "Posix advisory locks canceled").
 */
export function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/**
 * Makes a check that the database's file is still the one that was opened. SQLite goes on with a file that has been
 * deleted or replaced, and what it writes is lost.
 *
 * @returns throws AppError `store_unavailable` when it is not; the first call remembers which file it is
 */
export function sameFileCheck(file: string): () => void {
  let opened: string | undefined;
  return () => {
    const now = identityOf(file);
    opened ??= now;
    if (now === 'gone' || now !== opened) {
      throw new AppError('store_unavailable', {
        cause: new Error('The database file was deleted or replaced. Put it back, and restart.'),
      });
    }
  };
}

function identityOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.dev} ${stats.ino}`;
}
