import type { Kysely, Migration } from 'kysely';

/** When each task that one of all instances does now and then was last begun. */
export const periodicTasks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('periodic_tasks')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
