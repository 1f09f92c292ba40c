import { openSqlite } from '../../src/database/sqlite.js';

/** A database file as another program has it open. */
export class SqliteFile {
  private readonly connection;

  constructor(file: string) {
    this.connection = openSqlite(file, []);
  }

  exec(sql: string): void {
    this.connection.exec(sql);
  }

  /** Runs a pragma. Returns its rows. */
  pragma(pragma: string): unknown[] {
    return this.connection.prepare(`pragma ${pragma}`).all();
  }

  close(): void {
    this.connection.close();
  }
}
