import { sql } from 'kysely';
import type { Latchkey } from './latchkey.js';

/** Rows per statement: within the statement timeout. */
const AT_ONCE = 50_000;

/** Adds old rows to somebody's activity, past the service and its bound. */
export async function addActivityRows(
  { database }: Latchkey,
  userId: string,
  rows: number,
): Promise<void> {
  for (let first = 0; first < rows; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE, rows) - 1;
    await sql`
      insert into activity (id, user_id, at, event, provider, address, user_agent)
      with recursive n(i) as (select ${sql.lit(first)} union all select i + 1 from n where i < ${sql.lit(last)})
      select '00000000-0000-7000-8000-' || (100000000000 + i), ${userId}, 1767225600000 + i, 'session_revoked', null,
        '203.0.113.195', 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
      from n`.execute(database);
  }
}
