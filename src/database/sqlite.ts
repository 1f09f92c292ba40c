import type { DatabaseSyncInstance } from '@photostructure/sqlite';

type Sqlite = Pick<typeof import('@photostructure/sqlite'), 'DatabaseSync'>;

/** Versions before it can lose commits when two processes write (https://www.sqlite.org/wal.html, "The WAL-Reset Bug"). */
const OLDEST_SQLITE = '3.51.3';

/** From here on Node's own SQLite is no experiment that every start warns about. */
const OLDEST_NODE = '24.15.0';

/** Node's own SQLite where it will do; elsewhere a package with the same interface and a SQLite of its own. */
const { DatabaseSync: Connection } = hasUsableSqlite(process.versions)
  ? (process.getBuiltinModule('node:sqlite') as unknown as Sqlite)
  : await import('@photostructure/sqlite');

/** Whether the SQLite that Node brings can be used. */
export function hasUsableSqlite(versions: { node: string; sqlite?: string }): boolean {
  return isAtLeast(versions.node, OLDEST_NODE) && isAtLeast(versions.sqlite ?? '0', OLDEST_SQLITE);
}

function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
}

/**
 * Opens a database file.
 *
 * @param pragmas what is set on the connection (https://www.sqlite.org/pragma.html)
 */
export function openSqlite(file: string, pragmas: readonly string[]): DatabaseSyncInstance {
  const connection = new Connection(file);
  for (const pragma of pragmas) connection.exec(`pragma ${pragma}`);
  return connection;
}
