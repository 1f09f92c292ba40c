import { type Kysely, sql } from 'kysely';
import { clustered } from './clustered.js';

/**
 * A hand-over ends with its user, with the identity that has proven it, and with the session that it has become or that has
 * asked for it.
 */
export async function createHandovers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handovers')
    .$call(clustered(db))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('ticket_hash', 'text', (column) => column.unique())
    .addColumn('browser_hash', 'text', (column) => column.unique())
    .addColumn('code_hash', 'text', (column) => column.unique())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text')
    .addColumn('subject', 'text')
    .addColumn('answer', 'text')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('challenge', 'text', (column) => column.notNull())
    .addColumn('caller_state', 'text')
    .addColumn('answered_at', 'bigint')
    .addColumn('authenticated_at', 'bigint')
    .addColumn('made_user', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('session_id', 'text', (column) =>
      column.references('sessions.id').onDelete('cascade'),
    )
    .addCheckConstraint('handovers_kind', sql`kind in ('sign-in', 'link', 'reauthenticate')`)
    .addCheckConstraint('handovers_made_user', sql`made_user in (0, 1)`)
    .addCheckConstraint(
      'handovers_sign_in',
      sql`(kind = 'sign-in') = (issuer is not null and subject is not null
        and answered_at is not null and authenticated_at is not null)`,
    )
    .addCheckConstraint('handovers_asked', sql`kind = 'sign-in' or session_id is not null`)
    .addForeignKeyConstraint(
      'handovers_identity',
      ['issuer', 'subject'],
      'identities',
      ['issuer', 'subject'],
      (constraint) => constraint.onDelete('cascade').onUpdate('cascade'),
    )
    .execute();
  await db.schema.createIndex('handovers_user').on('handovers').column('user_id').execute();
  await db.schema.createIndex('handovers_session').on('handovers').column('session_id').execute();
  await db.schema
    .createIndex('handovers_of_identity')
    .on('handovers')
    .columns(['issuer', 'subject'])
    .execute();
  await db.schema.createIndex('handovers_expiry').on('handovers').column('expires_at').execute();
}
