import type { DatabaseSyncInstance } from '@photostructure/sqlite';

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
