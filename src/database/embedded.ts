import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Dialect, SqliteDialect } from 'kysely';
import SqliteDatabase from 'libsql';

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
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      database.pragma('busy_timeout = 5000');
      return Promise.resolve(database);
    },
  });
}
