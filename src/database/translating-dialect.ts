import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { translateStoreError } from './store-error.js';

/** Wraps a dialect so that whatever its driver throws has been translated: no caller sees a database's own errors. */
export function translating(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => new TranslatingDriver(dialect.createDriver()),
  };
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateStoreError(error);
  }
}

class TranslatingConnection implements DatabaseConnection {
  constructor(readonly inner: DatabaseConnection) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return translated(() => this.inner.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, size?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, size);
  }
}

class TranslatingDriver implements Driver {
  constructor(private readonly inner: Driver) {}

  init(): Promise<void> {
    return translated(() => this.inner.init());
  }

  async acquireConnection(): Promise<TranslatingConnection> {
    return new TranslatingConnection(await translated(() => this.inner.acquireConnection()));
  }

  beginTransaction(
    connection: TranslatingConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    return translated(() => this.inner.beginTransaction(connection.inner, settings));
  }

  commitTransaction(connection: TranslatingConnection): Promise<void> {
    return translated(() => this.inner.commitTransaction(connection.inner));
  }

  rollbackTransaction(connection: TranslatingConnection): Promise<void> {
    return translated(() => this.inner.rollbackTransaction(connection.inner));
  }

  releaseConnection(connection: TranslatingConnection): Promise<void> {
    return this.inner.releaseConnection(connection.inner);
  }

  destroy(): Promise<void> {
    return this.inner.destroy();
  }
}
