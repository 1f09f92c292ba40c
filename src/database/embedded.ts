import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Dialect, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import Database from 'libsql';
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
      if (file !== ':memory:') makePrivate(file);
      return Promise.resolve(new Handle(file));
    },
  });
}

/**
 * Makes the file and its folder for this user's eyes alone, where they are not there; SQLite's other files follow it. One
 * that is there is not touched: closing it would let go of the locks that this process has on it
 * (https://www.sqlite.org/howtocorrupt.html, "Posix advisory locks canceled").
 */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/** Failures that are about a statement, and leave the connection as it was. */
const ABOUT_THE_STATEMENT = /^SQLITE_(?:CONSTRAINT|ERROR|MISUSE|RANGE)/;

/**
 * A connection that is opened anew after it could not do its work. libsql does not reset a statement that failed: it would
 * hold on to what it saw of the file then, and the connection could neither read what is new nor write.
 */
class Handle implements SqliteDatabase {
  private connection: Database.Database;
  private isSpoiled = false;
  /** The failure at which SQLite ended a transaction by itself, until we have ended it too. */
  private endedBy: Error | null = null;

  constructor(private readonly file: string) {
    this.connection = connect(file);
  }

  prepare(sql: string): SqliteStatement {
    if (this.endedBy !== null) return this.inEndedTransaction(sql, this.endedBy);
    if (this.isSpoiled && !this.connection.inTransaction) this.reopen();
    const statement = this.guarded(() => this.connection.prepare(sql));
    return {
      reader: statement.reader,
      all: (parameters) => this.guarded(() => statement.all(parameters)),
      run: (parameters) => this.guarded(() => statement.run(parameters)),
      iterate: (parameters) => this.guarded(() => statement.iterate(parameters)),
    };
  }

  close(): void {
    this.connection.close();
  }

  /**
   * When a disk is full SQLite rolls back on the spot (https://www.sqlite.org/lang_transaction.html). A statement after that
   * would be a change of its own, and a roll-back would fail.
   */
  private inEndedTransaction(sql: string, endedBy: Error): SqliteStatement {
    if (sql !== 'rollback') throw endedBy;
    this.endedBy = null;
    const nothing = { changes: 0, lastInsertRowid: 0 };
    return { reader: false, all: () => [], run: () => nothing, iterate: () => [].values() };
  }

  private reopen(): void {
    const spoiled = this.connection;
    this.connection = connect(this.file);
    this.isSpoiled = false;
    spoiled.close();
  }

  private guarded<T>(work: () => T): T {
    const wasInTransaction = this.connection.inTransaction;
    try {
      return work();
    } catch (error) {
      if (wasInTransaction && !this.connection.inTransaction) this.endedBy = error as Error;
      const code = (error as { code?: unknown }).code;
      this.isSpoiled ||= typeof code !== 'string' || !ABOUT_THE_STATEMENT.test(code);
      throw error;
    }
  }
}

function connect(file: string): Database.Database {
  const database = new Database(file);
  // Waiting blocks everything else, and only another program that writes to the file makes it necessary.
  database.pragma('busy_timeout = 250');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return database;
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
