import type { SchemaState } from '../../database/schema-state.js';
import { broken, ok, type Result, warning } from '../check.js';
import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { isPostgres } from '../../database/prepared-query.js';
import { embeddedTableNames, tableNames } from '../../database/schema.js';

export function checkSchema(
  { applied, pending, unknown }: SchemaState,
  migratesAtStart: boolean,
): Result {
  if (unknown.length > 0) {
    return broken(
      `The database was migrated by a newer version of the service (${unknown.join(', ')}).`,
      'Run that version, or bring back a backup from before it.',
    );
  }
  if (pending.length === 0) return ok(`The schema is current (${applied.at(-1)}).`);
  if (!migratesAtStart) {
    return broken(
      `Migrations are pending: ${pending.join(', ')}; with MIGRATE_AT_START=off the service does not start.`,
      'Make a backup, and run: latchkey migrate',
    );
  }
  if (applied.length === 0) return ok('The database is empty: the first start makes its tables.');
  return warning(
    `Migrations are pending: ${pending.join(', ')}.`,
    'Make a backup; the next start of this version applies them.',
  );
}

/** Null when the tables are as the schema has them, or when the schema is a newer version's. */
export function checkTables(
  { applied, pending, unknown }: SchemaState,
  tables: readonly TableState[],
): Result | null {
  if (unknown.length > 0) return null;
  const existing = tables.filter(({ exists }) => exists);
  if (applied.length === 0) {
    return brokenTables(
      existing,
      (names) =>
        `The database has tables of something else under the names of the service’s (${names}).`,
      'Give the service a database of its own.',
    );
  }
  if (pending.length > 0) {
    return brokenTables(
      existing.filter(({ owned }) => !owned),
      (names) =>
        `Migrations are pending, and tables belong to another role (${names}): they cannot be changed.`,
      'Run latchkey migrate as their owner, or make the user of DATABASE_URL their owner (ALTER TABLE … OWNER TO …).',
    );
  }
  return (
    brokenTables(
      tables.filter(({ exists }) => !exists),
      (names) =>
        `Tables are not there, although the migrations that make them are done (${names}).`,
      'Restore a backup, or let the search_path of the user begin with the schema that has them.',
    ) ??
    brokenTables(
      tables.filter(({ usable }) => !usable),
      (names) => `The user of DATABASE_URL may not read and write its tables (${names}).`,
      'Grant it SELECT, INSERT, UPDATE and DELETE on them, or make it their owner.',
    )
  );
}

function brokenTables(
  tables: readonly TableState[],
  message: (names: string) => string,
  action: string,
): Result | null {
  if (tables.length === 0) return null;
  return broken(message(tables.map(({ name }) => name).join(', ')), action);
}

/** One of the service's tables, as the user of DATABASE_URL sees it. */
export interface TableState {
  name: string;
  exists: boolean;
  /** Whether the user may read and change its rows. */
  usable: boolean;
  /** Whether the user may change the table itself, as migrations do. */
  owned: boolean;
}

export async function tableStates(db: Database): Promise<TableState[]> {
  if (isPostgres(db)) return postgresTables(db);
  const found = new Set((await db.introspection.getTables()).map(({ name }) => name));
  return embeddedTableNames.map((name) => {
    const exists = found.has(name);
    return { name, exists, usable: exists, owned: exists };
  });
}

const MAY_USE = sql.join(
  ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map(
    (privilege) => sql`has_table_privilege(c.oid, ${sql.lit(privilege)})`,
  ),
  sql` and `,
);

/** In the service's own schema, the first of the search path, and by the privileges (https://www.postgresql.org/docs/current/functions-info.html). */
async function postgresTables(db: Database): Promise<TableState[]> {
  const { rows } = await sql<TableState>`
    select t.name, c.oid is not null as "exists", coalesce(${MAY_USE}, false) as usable,
      coalesce(pg_has_role(c.relowner, 'USAGE'), false) as owned
    from unnest(${tableNames}::text[]) as t(name)
    left join pg_class as c on c.oid = to_regclass(quote_ident(current_schema()) || '.' || t.name)`.execute(
    db,
  );
  return rows;
}
