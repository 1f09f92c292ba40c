import type { QueryResult } from 'kysely';
import { translateStoreError } from './store-error.js';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** The cache's size: the service has far fewer statements, except for lists of varying length. */
const MAX_CACHED = 500;

type Value = Parameters<StatementSyncInstance['all']>[number];

interface CachedStatement {
  statement: StatementSyncInstance;
  returnsRows: boolean;
}

/** Runs statements and caches them prepared: preparing takes longer than a point read. Errors are translated. */
export class SqliteStatements {
  private readonly cache = new Map<string, CachedStatement>();

  constructor(readonly connection: DatabaseSyncInstance) {}

  run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    try {
      const { statement, returnsRows } = this.cache.get(sql) ?? this.prepare(sql);
      const values = parameters as readonly Value[];
      if (returnsRows) return { rows: statement.all(...values) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } catch (error) {
      throw translateStoreError(error);
    }
  }

  private prepare(sql: string): CachedStatement {
    const statement = this.connection.prepare(sql);
    const cached = { statement, returnsRows: statement.columns().length > 0 };
    if (this.cache.size >= MAX_CACHED) this.cache.clear();
    this.cache.set(sql, cached);
    return cached;
  }
}
