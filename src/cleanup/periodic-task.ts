import type { Database } from '../database/database.js';

/**
 * Claims a task that is to be done once in a while by one of all instances, and not by each.
 *
 * @param name of the task
 * @param intervalMs how long the task rests after it was begun
 * @returns whether this instance is to do it now
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
            // Begun in the future: by a clock that was wrong.
            row('periodic_tasks.begun_at', '>', now + intervalMs),
          ]),
        ),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
