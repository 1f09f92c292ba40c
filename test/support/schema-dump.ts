import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Schema } from '../../src/database/schema.js';

/** Everything that a schema says, in the database's own words: tables, columns, constraints and indexes. */
export async function schemaDump(db: Kysely<Schema>): Promise<unknown[]> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const queries = isPostgres
    ? [
        sql`select table_name, ordinal_position, column_name, data_type, is_nullable, column_default
          from information_schema.columns where table_schema = current_schema() order by 1, 2`,
        sql`select conrelid::regclass::text as table_name, conname, pg_get_constraintdef(oid) as definition
          from pg_constraint where connamespace = current_schema()::regnamespace order by 1, 2`,
        sql`select tablename, indexname, indexdef from pg_indexes
          where schemaname = current_schema() order by 1, 2`,
      ]
    : [sql`select type, name, tbl_name, sql from sqlite_schema order by type, name`];
  const answers = await Promise.all(queries.map((query) => query.execute(db)));
  return answers.flatMap(({ rows }) => rows);
}

/** All rows of the service's tables, by table. */
export async function tableRows(db: Kysely<Schema>): Promise<Record<string, object[]>> {
  const contents: Record<string, object[]> = {};
  for (const { name } of await db.introspection.getTables()) {
    const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(db);
    contents[name] = rows;
  }
  return contents;
}
