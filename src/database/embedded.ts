import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { createPrivateFile } from './embedded-file.js';
import type { PreparedStatement } from './prepared-query.js';
import { openSqlite } from './sqlite.js';
import { SqliteStatements } from './sqlite-statements.js';

/** Waiting blocks everything else, and only another program that writes to the file makes it necessary. */
const BUSY_TIMEOUT = 'busy_timeout = 250';

/** 16 MB at most of pages that have been read: the upper levels of a million sessions' trees, and more. */
const CACHE = 'cache_size = -16384';

/**
 * The embedded database: SQLite in one file, made with its folder when it is not there. WAL lets readers and the writer go
 * on beside each other; FULL syncs at every commit, so that what was acknowledged survives a power cut
 * (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function embeddedDialect(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new EmbeddedDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/**
 * One connection for reading, which sees what is committed, and one for writing, which one transaction has at a time.
 * SQLite works in the calling thread: a read waits for nobody.
 */
class EmbeddedDriver implements Driver {
  private reader: SqliteStatements | undefined;
  private writer: SqliteStatements | undefined;
  private readonly turn = new Turn();

  constructor(private readonly file: string) {}

  async init(): Promise<void> {
    createPrivateFile(this.file);
    const writing = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'];
    this.writer = new SqliteStatements(openSqlite(this.file, [BUSY_TIMEOUT, ...writing]));
    const reading = ['query_only = ON', CACHE];
    this.reader = new SqliteStatements(openSqlite(this.file, [BUSY_TIMEOUT, ...reading]));
  }

  async acquireConnection(): Promise<EmbeddedConnection> {
    const { reader, writer } = this;
    if (reader === undefined || writer === undefined) throw new Error('The database is not open.');
    return new EmbeddedConnection(reader, writer, this.turn);
  }

  /** At once a writer: a reader that becomes one fails when another process has written meanwhile. */
  async beginTransaction(connection: EmbeddedConnection): Promise<void> {
    await connection.begin('begin immediate');
  }

  async commitTransaction(connection: EmbeddedConnection): Promise<void> {
    connection.commit();
  }

  async rollbackTransaction(connection: EmbeddedConnection): Promise<void> {
    connection.rollback();
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.rollback();
  }

  async destroy(): Promise<void> {
    this.reader?.connection.close();
    this.writer?.connection.close();
  }
}

/** One caller's way to the database. */
class EmbeddedConnection implements DatabaseConnection {
  private inTransaction = false;
  /** The failure at which SQLite ended the transaction by itself. */
  private endedBy: Error | null = null;

  constructor(
    private readonly reader: SqliteStatements,
    private readonly writer: SqliteStatements,
    private readonly turn: Turn,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    if (this.inTransaction) return this.inItsTransaction(sql, parameters);
    if (query.query.kind === 'SelectQueryNode') return this.reader.run(sql, parameters);
    // The lock for migrations begins a transaction by hand.
    if (sql.startsWith('begin')) return this.begin(sql);
    await this.turn.take();
    try {
      return (query as Partial<PreparedStatement<R>>).durability === 'process'
        ? this.withoutSync(() => this.writer.run(sql, parameters))
        : this.writer.run(sql, parameters);
    } finally {
      this.turn.give();
    }
  }

  // oxlint-disable-next-line require-yield -- Kysely asks for it, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The embedded database does not stream.');
  }

  async begin<R>(sql: string): Promise<QueryResult<R>> {
    await this.turn.take();
    try {
      const result = this.writer.run<R>(sql, []);
      this.inTransaction = true;
      return result;
    } catch (error) {
      this.turn.give();
      throw error;
    }
  }

  /** When it fails, as a deferred constraint makes it, the transaction is still to be rolled back. */
  commit(): void {
    if (this.endedBy !== null) throw this.endedBy;
    this.writer.run('commit', []);
    this.end();
  }

  rollback(): void {
    if (!this.inTransaction) return;
    try {
      if (this.endedBy === null) this.writer.run('rollback', []);
    } finally {
      this.end();
    }
  }

  /**
   * When a disk is full SQLite rolls back on the spot (https://www.sqlite.org/lang_transaction.html). A statement after that
   * would be a change of its own.
   */
  private inItsTransaction<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const nothing = { rows: [] };
    if (sql === 'commit') return (this.commit(), nothing);
    if (sql === 'rollback') return (this.rollback(), nothing);
    if (this.endedBy !== null) throw this.endedBy;
    try {
      return this.writer.run(sql, parameters);
    } catch (error) {
      if (!this.writer.connection.isTransaction) this.endedBy = error as Error;
      throw error;
    }
  }

  private end(): void {
    this.inTransaction = false;
    this.endedBy = null;
    this.turn.give();
  }

  /** A commit that is written to the file and not synced survives the process, not the power. */
  private withoutSync<T>(work: () => T): T {
    const { connection } = this.writer;
    connection.exec('pragma synchronous = NORMAL');
    try {
      return work();
    } finally {
      connection.exec('pragma synchronous = FULL');
    }
  }
}

/** One at a time, in the order in which they came. */
class Turn {
  private taken = false;
  private readonly waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (this.taken) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken = true;
  }

  give(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.taken = false;
    else next();
  }
}
