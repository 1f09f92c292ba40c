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
import { Mutex } from './mutex.js';
import { openSqlite, SqliteStatements } from './sqlite.js';
import { translateStoreError } from './store-error.js';
import { WalSync } from './wal-sync.js';

const PRAGMAS = [
  // Waiting blocks the event loop; only another process that writes to the file makes it necessary.
  'busy_timeout = 250',
  'journal_mode = WAL',
  // WalSync syncs commits; SQLite still syncs the write-ahead log before a checkpoint.
  'synchronous = NORMAL',
  'foreign_keys = ON',
  // A page cache of at most 32 MB: more than the upper B-tree levels of a million sessions.
  'cache_size = -32768',
];

export function embeddedDialect(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new EmbeddedDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

interface Store {
  readonly statements: SqliteStatements;
  readonly log: WalSync;
  readonly mutex: Mutex;
}

/** All callers share one connection: SQLite blocks the thread, and a second one would lose its cache on each write. */
class EmbeddedDriver implements Driver {
  private store: Store | undefined;
  private readonly free: EmbeddedConnection[] = [];

  constructor(private readonly file: string) {}

  async init(): Promise<void> {
    try {
      createPrivateFile(this.file);
      this.store = {
        statements: new SqliteStatements(openSqlite(this.file, PRAGMAS)),
        log: new WalSync(`${this.file}-wal`),
        mutex: new Mutex(),
      };
    } catch (error) {
      throw translateStoreError(error);
    }
  }

  async acquireConnection(): Promise<EmbeddedConnection> {
    if (this.store === undefined) throw new Error('The database is not open.');
    return this.free.pop() ?? new EmbeddedConnection(this.store);
  }

  /** `begin immediate`: upgrading from reader to writer fails when another process has written meanwhile. */
  async beginTransaction(connection: EmbeddedConnection): Promise<void> {
    await connection.begin('begin immediate');
  }

  commitTransaction(connection: EmbeddedConnection): Promise<void> {
    return connection.commit();
  }

  async rollbackTransaction(connection: EmbeddedConnection): Promise<void> {
    connection.rollback();
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.rollback();
    this.free.push(connection);
  }

  async destroy(): Promise<void> {
    this.store?.log.close();
    this.store?.statements.connection.close();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  private inTransaction = false;
  /** The failure that made SQLite roll back the transaction itself. */
  private abortedBy: Error | null = null;

  constructor(private readonly store: Store) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    if (this.inTransaction) return this.runInTransaction(sql, parameters);
    // The migration lock begins its transaction by a raw statement.
    if (sql.startsWith('begin')) return this.begin(sql);
    const result = await this.exclusively(() => this.store.statements.run<R>(sql, parameters));
    if (needsSync(query, result)) await this.store.log.flush();
    return result;
  }

  // oxlint-disable-next-line require-yield -- Kysely asks for it, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The embedded database does not stream.');
  }

  /** Begins a transaction, which holds the mutex until it ends. */
  async begin<R>(sql: string): Promise<QueryResult<R>> {
    const { statements, mutex } = this.store;
    await mutex.acquire();
    try {
      const result = statements.run<R>(sql, []);
      this.inTransaction = true;
      return result;
    } catch (error) {
      mutex.release();
      throw error;
    }
  }

  /** A commit that fails, such as on a deferred constraint, leaves the transaction open for a rollback. */
  async commit(): Promise<void> {
    if (this.abortedBy !== null) throw this.abortedBy;
    this.store.statements.run('commit', []);
    this.end();
    await this.store.log.flush();
  }

  rollback(): void {
    if (!this.inTransaction) return;
    const { statements } = this.store;
    try {
      if (statements.connection.isTransaction) statements.run('rollback', []);
    } finally {
      this.end();
    }
  }

  private async exclusively<T>(work: () => T): Promise<T> {
    const { mutex } = this.store;
    if (!mutex.tryAcquire()) await mutex.acquire();
    try {
      return work();
    } finally {
      mutex.release();
    }
  }

  /** A full disk rolls back (https://www.sqlite.org/lang_transaction.html); later statements would run outside it. */
  private async runInTransaction<R>(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<QueryResult<R>> {
    if (sql === 'commit') await this.commit();
    else if (sql === 'rollback') this.rollback();
    else {
      if (this.abortedBy !== null) throw this.abortedBy;
      const { statements } = this.store;
      try {
        return statements.run(sql, parameters);
      } catch (error) {
        if (!statements.connection.isTransaction) this.abortedBy = error as Error;
        throw error;
      }
    }
    return { rows: [] };
  }

  private end(): void {
    this.inTransaction = false;
    this.abortedBy = null;
    this.store.mutex.release();
  }
}

function needsSync(query: CompiledQuery, { numAffectedRows }: QueryResult<unknown>): boolean {
  const { kind } = query.query;
  const isRead =
    kind === 'SelectQueryNode' || (kind === 'RawNode' && numAffectedRows === undefined);
  if (isRead || numAffectedRows === 0n) return false;
  return (query as Partial<PreparedStatement<unknown>>).durability !== 'process';
}
