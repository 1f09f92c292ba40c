import type { Database } from '../database/database.js';

/**
 * Claims a periodic task that only one of all instances should run.
 *
 * @param intervalMs the least time between two runs
 * @returns whether this instance is to run it now
 */
export async function claimTask(
  database: Database,
  name: string,
  intervalMs: number,
): Promise<boolean> {
  const now = Date.now();
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('periodic_tasks')
    .values({ name, begun_at: now })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ begun_at: now })
        .where((row) =>
          row.or([
            row('periodic_tasks.begun_at', '<=', now - intervalMs),
            // A start in the future comes from a wrong clock.
            row('periodic_tasks.begun_at', '>', now + intervalMs),
          ]),
        ),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
