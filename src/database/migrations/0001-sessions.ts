import { type Kysely, sql } from 'kysely';
import { clustered } from './clustered.js';

function assurance(column: string) {
  return sql`${sql.ref(column)} in ('none', 'asked', 'proven')`;
}

export async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .$call(clustered(db))
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('previous_hash', 'text')
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('renewal_seed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('authenticated_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('attempt_id', 'text')
    .addColumn('return_to', 'text')
    .addColumn('domain_token_hash', 'text')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('browser'))
    .addColumn('target', 'text')
    .addColumn('idle_ms', 'bigint')
    .addColumn('made_user', 'integer', (column) => column.notNull().defaultTo(0))
    .addCheckConstraint('sessions_kind', sql`kind in ('browser', 'app')`)
    .addCheckConstraint('sessions_made_user', sql`made_user in (0, 1)`)
    .addCheckConstraint('sessions_target', sql`(kind = 'app') = (target is not null)`)
    .execute();
  await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
  await db.schema
    .createIndex('sessions_previous')
    .on('sessions')
    .column('previous_hash')
    .where(sql<boolean>`previous_hash is not null`)
    .execute();
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute();
  await db.schema.createIndex('sessions_idle').on('sessions').column('last_seen_at').execute();
  await db.schema
    .createIndex('sessions_domain_token')
    .on('sessions')
    .column('domain_token_hash')
    .unique()
    .where(sql<boolean>`domain_token_hash is not null`)
    .execute();
}

/** Proofs end with their session, and with their identity. */
export async function createSessionProofs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('session_proofs')
    .$call(clustered(db))
    .addColumn('session_id', 'text', (column) =>
      column.notNull().references('sessions.id').onDelete('cascade'),
    )
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('first_assurance', 'text', (column) => column.notNull())
    .addColumn('latest_at', 'bigint', (column) => column.notNull())
    .addColumn('latest_assurance', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'bigint')
    .addColumn('proven_at', 'bigint')
    .addPrimaryKeyConstraint('session_proofs_pkey', ['session_id', 'issuer', 'subject'])
    .addForeignKeyConstraint(
      'session_proofs_identity',
      ['issuer', 'subject'],
      'identities',
      ['issuer', 'subject'],
      (constraint) => constraint.onDelete('cascade').onUpdate('cascade'),
    )
    .addCheckConstraint('session_proofs_first_assurance', assurance('first_assurance'))
    .addCheckConstraint('session_proofs_latest_assurance', assurance('latest_assurance'))
    .execute();
  await db.schema
    .createIndex('session_proofs_of_identity')
    .on('session_proofs')
    .columns(['issuer', 'subject'])
    .execute();
}

/** One per identity; the browser's is found by its cookie. */
export async function createPendingLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pending_links')
    .$call(clustered(db))
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('profile', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'bigint')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('pending_links_identity', ['issuer', 'subject'])
    .execute();
  await db.schema
    .createIndex('pending_links_expiry')
    .on('pending_links')
    .column('expires_at')
    .execute();
  await db.schema.createIndex('pending_links_user').on('pending_links').column('user_id').execute();
}
