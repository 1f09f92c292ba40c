import type { QueryResult } from 'kysely';
import { translateStoreError } from './store-error.js';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** How many statements a connection keeps: the service has far fewer, but for lists of varying length. */
const MAX_KEPT = 500;

type Value = Parameters<StatementSyncInstance['all']>[number];

interface KeptStatement {
  statement: StatementSyncInstance;
  /** Whether it returns rows: a `select`, or a change with `returning`. */
  returnsRows: boolean;
}

/**
 * Runs statements on a connection, and keeps them prepared: preparing takes longer than a point read. What it throws has
 * been translated.
 */
export class SqliteStatements {
  private readonly kept = new Map<string, KeptStatement>();

  constructor(readonly connection: DatabaseSyncInstance) {}

  run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    try {
      const { statement, returnsRows } = this.kept.get(sql) ?? this.prepare(sql);
      const values = parameters as readonly Value[];
      if (returnsRows) return { rows: statement.all(...values) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } catch (error) {
      throw translateStoreError(error);
    }
  }

  private prepare(sql: string): KeptStatement {
    const statement = this.connection.prepare(sql);
    const kept = { statement, returnsRows: statement.columns().length > 0 };
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(sql, kept);
    return kept;
  }
}
