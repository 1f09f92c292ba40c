import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { isPostgres } from '../../database/is-postgres.js';
import { embeddedTableNames, tableNames } from '../../database/schema.js';

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

/** By the search path and the privileges (https://www.postgresql.org/docs/current/functions-info.html). */
async function postgresTables(db: Database): Promise<TableState[]> {
  const { rows } = await sql<TableState>`
    select t.name, c.oid is not null as "exists", coalesce(${MAY_USE}, false) as usable,
      coalesce(pg_has_role(c.relowner, 'USAGE'), false) as owned
    from unnest(${tableNames}::text[]) as t(name)
    left join pg_class as c on c.oid = to_regclass(t.name)`.execute(db);
  return rows;
}
