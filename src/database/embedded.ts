import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Dialect, SqliteDialect } from 'kysely';
import SqliteDatabase from 'libsql';
import { AppError } from '../common/errors.js';

/**
 * The embedded database: SQLite in one file, made with its folder when it is not there.
 *
 * WAL lets readers and the writer go on beside each other; FULL syncs at every commit, so that what was acknowledged
 * survives a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
 *
 * @param file path of the file, or `:memory:`
 */
export function embeddedDialect(file: string): Dialect {
  return new SqliteDialect({
    database: () => {
      if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
      const database = new SqliteDatabase(file);
      // Waiting blocks everything else, and only another program that writes to the file makes it necessary.
      database.pragma('busy_timeout = 250');
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      return Promise.resolve(database);
    },
  });
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
