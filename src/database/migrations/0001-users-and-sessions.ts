import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Users, their identities and sessions. Every invariant is a constraint, so that no sequence of requests gets round it:
 * an identity has one user, a user has one identity per provider, a verified address has one user.
 * The column types mean the same in SQLite and in PostgreSQL.
 */
export const usersAndSessions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const trust = sql`email_trust in ('authoritative', 'verified', 'claimed')`;
    await db.schema
      .createTable('users')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('email_key', 'text')
      .addColumn('email_trust', 'text')
      .addColumn('avatar_url', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('last_sign_in_at', 'bigint', (column) => column.notNull())
      .addCheckConstraint('users_email_trust', trust)
      .addCheckConstraint(
        'users_email_whole',
        sql`(email is null) = (email_key is null) and (email is null) = (email_trust is null)`,
      )
      .execute();
    await db.schema
      .createIndex('users_verified_email')
      .on('users')
      .column('email_key')
      .unique()
      .where(sql.ref('email_trust'), 'in', [sql.lit('authoritative'), sql.lit('verified')])
      .execute();

    await db.schema
      .createTable('identities')
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('username', 'text')
      .addColumn('display_name', 'text')
      .addColumn('email', 'text')
      .addColumn('email_trust', 'text')
      .addColumn('avatar_url', 'text')
      .addColumn('linked_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('identities_provider_subject', ['provider', 'subject'])
      .addUniqueConstraint('identities_user_provider', ['user_id', 'provider'])
      .addCheckConstraint('identities_subject_present', sql`subject <> ''`)
      .addCheckConstraint('identities_email_trust', trust)
      .addCheckConstraint('identities_email_whole', sql`(email is null) = (email_trust is null)`)
      .execute();

    await db.schema
      .createTable('sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('authenticated_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
    await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute();
    await db.schema.createIndex('sessions_idle').on('sessions').column('last_seen_at').execute();

    await db.schema
      .createTable('claimed_attempts')
      .addColumn('attempt_id', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('claimed_attempts_expiry')
      .on('claimed_attempts')
      .column('expires_at')
      .execute();
  },
};
