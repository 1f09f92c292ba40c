import type { Kysely } from 'kysely';
import { clustered } from './clustered.js';

/** Keys that sign tokens. Of instances that make the next one at the same time one does: its number is taken then. */
export async function createSigningKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signing_keys')
    .$call(clustered(db))
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('x', 'text', (column) => column.notNull())
    .addColumn('y', 'text', (column) => column.notNull())
    .addColumn('private_key', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('signs_from', 'bigint', (column) => column.notNull())
    .addColumn('published_until', 'bigint', (column) => column.notNull())
    .execute();
}
