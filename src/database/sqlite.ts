import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { QueryResult } from 'kysely';
import { translateStoreError } from './store-error.js';

type Sqlite = Pick<typeof import('@photostructure/sqlite'), 'DatabaseSync'>;

/** Older versions can lose commits when two processes write (https://www.sqlite.org/wal.html, "The WAL-Reset Bug"). */
const OLDEST_SQLITE = '3.51.3';

/** The first version whose `node:sqlite` prints no experimental warning. */
const OLDEST_NODE = '24.15.0';

/** node:sqlite where it is recent enough; otherwise a package with the same interface and its own SQLite. */
const { DatabaseSync: Connection } = hasUsableSqlite(process.versions)
  ? (process.getBuiltinModule('node:sqlite') as unknown as Sqlite)
  : await import('@photostructure/sqlite');

export function hasUsableSqlite(versions: { node: string; sqlite?: string }): boolean {
  return isAtLeast(versions.node, OLDEST_NODE) && isAtLeast(versions.sqlite ?? '0', OLDEST_SQLITE);
}

function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
}

/** @param pragmas set on the connection (https://www.sqlite.org/pragma.html) */
export function openSqlite(file: string, pragmas: readonly string[]): DatabaseSyncInstance {
  const connection = new Connection(file);
  for (const pragma of pragmas) connection.exec(`pragma ${pragma}`);
  return connection;
}

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
