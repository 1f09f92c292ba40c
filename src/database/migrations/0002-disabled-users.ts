import type { Kysely, Migration } from 'kysely';

/** A user can be disabled: when they were is kept with them; null for everybody who may sign in. */
export const disabledUsers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('users').addColumn('disabled_at', 'bigint').execute();
  },
};
