import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { isPostgres } from '../../database/is-postgres.js';
import { embeddedTableNames, tableNames } from '../../database/schema.js';
import type { SchemaState } from '../../database/schema-state.js';
import { broken, type Judgement } from '../finding.js';

/** What the user of DATABASE_URL finds under the name of one of the service's tables. */
export interface TableState {
  name: string;
  there: boolean;
  /** May read it, and change its rows. */
  usable: boolean;
  /** May change the table itself, as migrations do. */
  owned: boolean;
}

/** Looks for the service's tables. */
export async function tableStates(db: Database): Promise<TableState[]> {
  if (isPostgres(db)) return statesOnServer(db);
  const found = new Set((await db.introspection.getTables()).map(({ name }) => name));
  return embeddedTableNames.map((name) => {
    const there = found.has(name);
    return { name, there, usable: there, owned: there };
  });
}

const MAY_USE = sql.join(
  ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map(
    (privilege) => sql`has_table_privilege(c.oid, ${sql.lit(privilege)})`,
  ),
  sql` and `,
);

/** By the search path and the privileges (https://www.postgresql.org/docs/current/functions-info.html). */
async function statesOnServer(db: Database): Promise<TableState[]> {
  const { rows } = await sql<TableState>`
    select t.name, c.oid is not null as there, coalesce(${MAY_USE}, false) as usable,
      coalesce(pg_has_role(c.relowner, 'USAGE'), false) as owned
    from unnest(${tableNames}::text[]) as t(name)
    left join pg_class as c on c.oid = to_regclass(t.name)`.execute(db);
  return rows;
}

/**
 * Judges whether the service finds its tables as its schema has them.
 *
 * @returns null when they are as they should be, or when the schema is another version's
 */
export function judgeTables(
  { applied, pending, unknown }: SchemaState,
  tables: readonly TableState[],
): Judgement | null {
  if (unknown.length > 0) return null;
  const there = tables.filter((table) => table.there);
  if (applied.length === 0) return judgeTaken(there);
  return pending.length > 0 ? judgeOwner(there) : judgeUse(tables);
}

function judgeTaken(there: readonly TableState[]): Judgement | null {
  if (there.length === 0) return null;
  return broken(
    `The database has tables of something else under the names of the service’s (${named(there)}).`,
    'Give the service a database of its own.',
  );
}

function judgeOwner(there: readonly TableState[]): Judgement | null {
  const others = there.filter(({ owned }) => !owned);
  if (others.length === 0) return null;
  return broken(
    `Migrations are pending, and tables belong to another role (${named(others)}): they cannot be changed.`,
    'Run latchkey migrate as their owner, or make the user of DATABASE_URL their owner (ALTER TABLE … OWNER TO …).',
  );
}

function judgeUse(tables: readonly TableState[]): Judgement | null {
  const missing = tables.filter((table) => !table.there);
  if (missing.length > 0) {
    return broken(
      `Tables are not there, although the migrations that make them are done (${named(missing)}).`,
      'Bring back a backup, or let the search_path of the user begin with the schema that has them.',
    );
  }
  const refused = tables.filter(({ usable }) => !usable);
  if (refused.length === 0) return null;
  return broken(
    `The user of DATABASE_URL may not read and write its tables (${named(refused)}).`,
    'Grant it SELECT, INSERT, UPDATE and DELETE on them, or make it their owner.',
  );
}

function named(tables: readonly TableState[]): string {
  return tables.map(({ name }) => name).join(', ');
}
