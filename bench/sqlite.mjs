/** Opens a database file to fill it: nothing has to survive here. */
export function openSqlite(file) {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = off; pragma foreign_keys = off');
  return database;
}

const { DatabaseSync } = await import('node:sqlite').catch(() => import('@photostructure/sqlite'));
