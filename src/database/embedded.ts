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
import { translateStoreError } from './store-error.js';
import { WalSync } from './wal-sync.js';

const PRAGMAS = [
  // Waiting blocks everything else, and only another program that writes to the file makes it necessary.
  'busy_timeout = 250',
  'journal_mode = WAL',
  // Commits are synced by WalSync; SQLite still syncs the log before it copies from it into the file.
  'synchronous = NORMAL',
  'foreign_keys = ON',
  // 32 MB at most of pages that have been read: the upper levels of a million sessions' trees, and more.
  'cache_size = -32768',
];

/** The embedded database: SQLite in one file, made with its folder when it is not there. */
export function embeddedDialect(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new EmbeddedDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** The one connection, what it has prepared, and whose turn it is. */
interface Store {
  readonly statements: SqliteStatements;
  readonly log: WalSync;
  readonly turn: Turn;
}

/**
 * Gives each caller a connection of their own, all of which are SQLite's one: it works in the calling thread, and a second
 * one would forget all that it has read whenever the first one writes.
 */
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
        turn: new Turn(),
      };
    } catch (error) {
      throw translateStoreError(error);
    }
  }

  async acquireConnection(): Promise<EmbeddedConnection> {
    if (this.store === undefined) throw new Error('The database is not open.');
    return this.free.pop() ?? new EmbeddedConnection(this.store);
  }

  /** At once a writer: a reader that becomes one fails when another process has written meanwhile. */
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

/** One caller's use of the connection. */
class EmbeddedConnection implements DatabaseConnection {
  private inTransaction = false;
  /** The failure at which SQLite ended the transaction by itself. */
  private endedBy: Error | null = null;

  constructor(private readonly store: Store) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    if (this.inTransaction) return this.inItsTransaction(sql, parameters);
    // The lock for migrations begins its transaction by hand.
    if (sql.startsWith('begin')) return this.begin(sql);
    const result = await this.alone(() => this.store.statements.run<R>(sql, parameters));
    if (needsSync(query, result)) await this.store.log.flush();
    return result;
  }

  // oxlint-disable-next-line require-yield -- Kysely asks for it, and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The embedded database does not stream.');
  }

  /** Begins a transaction. Nobody else's turn comes until it ends. */
  async begin<R>(sql: string): Promise<QueryResult<R>> {
    const { statements, turn } = this.store;
    await turn.take();
    try {
      const result = statements.run<R>(sql, []);
      this.inTransaction = true;
      return result;
    } catch (error) {
      turn.give();
      throw error;
    }
  }

  /** When it fails, as a deferred constraint makes it, the transaction is still to be rolled back. */
  async commit(): Promise<void> {
    if (this.endedBy !== null) throw this.endedBy;
    this.store.statements.run('commit', []);
    this.end();
    await this.store.log.flush();
  }

  rollback(): void {
    if (!this.inTransaction) return;
    const { statements } = this.store;
    try {
      // SQLite may have done so by itself.
      if (statements.connection.isTransaction) statements.run('rollback', []);
    } finally {
      this.end();
    }
  }

  private async alone<T>(work: () => T): Promise<T> {
    const { turn } = this.store;
    if (!turn.takeNow()) await turn.take();
    try {
      return work();
    } finally {
      turn.give();
    }
  }

  /**
   * When a disk is full SQLite rolls back on the spot (https://www.sqlite.org/lang_transaction.html). A statement after that
   * would be a change of its own.
   */
  private async inItsTransaction<R>(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<QueryResult<R>> {
    if (sql === 'commit') await this.commit();
    else if (sql === 'rollback') this.rollback();
    else {
      if (this.endedBy !== null) throw this.endedBy;
      const { statements } = this.store;
      try {
        return statements.run(sql, parameters);
      } catch (error) {
        if (!statements.connection.isTransaction) this.endedBy = error as Error;
        throw error;
      }
    }
    return { rows: [] };
  }

  private end(): void {
    this.inTransaction = false;
    this.endedBy = null;
    this.store.turn.give();
  }
}

/** Whether something has been written that has to survive a power cut. */
function needsSync(query: CompiledQuery, { numAffectedRows }: QueryResult<unknown>): boolean {
  const { kind } = query.query;
  const isRead =
    kind === 'SelectQueryNode' || (kind === 'RawNode' && numAffectedRows === undefined);
  if (isRead || numAffectedRows === 0n) return false;
  return (query as Partial<PreparedStatement<unknown>>).durability !== 'process';
}

/** One at a time, in the order in which they came. */
class Turn {
  private isTaken = false;
  private readonly waiting: (() => void)[] = [];

  /** Takes the turn if nobody has it. Returns whether that is so. */
  takeNow(): boolean {
    if (this.isTaken) return false;
    this.isTaken = true;
    return true;
  }

  /** Takes the turn when all who came before have had theirs. */
  async take(): Promise<void> {
    if (!this.takeNow()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the turn to who waits the longest; until they go on, it is theirs. */
  give(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.isTaken = false;
    else next();
  }
}
