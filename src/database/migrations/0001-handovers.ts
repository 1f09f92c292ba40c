import type { Kysely } from 'kysely';
import { clustered } from './clustered.js';

/** A hand-over ends with its user, with the identity that has proven it, and with the session that it has become. */
export async function createHandovers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handovers')
    .$call(clustered(db))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('browser_hash', 'text', (column) => column.unique())
    .addColumn('code_hash', 'text', (column) => column.unique())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('challenge', 'text', (column) => column.notNull())
    .addColumn('caller_state', 'text')
    .addColumn('answered_at', 'bigint', (column) => column.notNull())
    .addColumn('authenticated_at', 'bigint', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('session_id', 'text', (column) =>
      column.unique().references('sessions.id').onDelete('cascade'),
    )
    .addForeignKeyConstraint(
      'handovers_identity',
      ['issuer', 'subject'],
      'identities',
      ['issuer', 'subject'],
      (constraint) => constraint.onDelete('cascade').onUpdate('cascade'),
    )
    .execute();
  await db.schema.createIndex('handovers_user').on('handovers').column('user_id').execute();
  await db.schema
    .createIndex('handovers_of_identity')
    .on('handovers')
    .columns(['issuer', 'subject'])
    .execute();
  await db.schema.createIndex('handovers_expiry').on('handovers').column('expires_at').execute();
}
