import {
  type CreateTableBuilder,
  type ForeignKeyConstraintBuilder,
  type Kysely,
  type Migration,
  sql,
} from 'kysely';
import { isPostgres } from '../is-postgres.js';

/** A user's primary identity exists at the end of every transaction, and so a user has at least one. */
const primaryIdentity: [
  string,
  ('id' | 'primary_provider')[],
  string,
  string[],
  (constraint: ForeignKeyConstraintBuilder) => ForeignKeyConstraintBuilder,
] = [
  'users_primary_identity',
  ['id', 'primary_provider'],
  'identities',
  ['user_id', 'provider'],
  (constraint) => constraint.deferrable().initiallyDeferred(),
];

/**
 * SQLite keeps a table under a row number, and a primary key as an index beside it, unless it is told otherwise: a look-up
 * would go through both, and touch twice the pages (https://www.sqlite.org/withoutrowid.html). PostgreSQL has no such choice.
 */
function clustered(db: Kysely<unknown>) {
  return <T extends CreateTableBuilder<string, string>>(table: T): T =>
    isPostgres(db) ? table : (table.modifyEnd(sql`without rowid`) as T);
}

/**
 * Users, their identities and sessions. Every invariant is a constraint, so that no sequence of requests gets round it:
 * an identity has one user, a user has at least one identity and one per provider, a verified address has one user.
 * The column types mean the same in SQLite and in PostgreSQL.
 */
export const schema: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const trust = sql`email_trust in ('authoritative', 'verified', 'claimed')`;
    const emailIsWhole = sql`(email is null) = (email_key is null) and (email is null) = (email_trust is null)`;
    const usersTable = db.schema
      .createTable('users')
      .$call(clustered(db))
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('primary_provider', 'text', (column) => column.notNull())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('email_key', 'text')
      .addColumn('email_trust', 'text')
      .addColumn('avatar_url', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('last_sign_in_at', 'bigint', (column) => column.notNull())
      .addColumn('disabled_at', 'bigint')
      .addCheckConstraint('users_email_trust', trust)
      .addCheckConstraint('users_email_whole', emailIsWhole);
    // Users and identities point at each other: SQLite takes the constraint with the table, PostgreSQL once both are there.
    await (
      isPostgres(db) ? usersTable : usersTable.addForeignKeyConstraint(...primaryIdentity)
    ).execute();
    const isVerified = sql<boolean>`email_trust in ('authoritative', 'verified')`;
    await db.schema
      .createIndex('users_verified_email')
      .on('users')
      .column('email_key')
      .unique()
      .where(isVerified)
      .execute();

    await db.schema
      .createTable('identities')
      .$call(clustered(db))
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('username', 'text')
      .addColumn('display_name', 'text')
      .addColumn('email', 'text')
      .addColumn('email_key', 'text')
      .addColumn('email_trust', 'text')
      .addColumn('avatar_url', 'text')
      .addColumn('linked_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint', (column) => column.notNull())
      // A user's identities lie together: every request asks for them.
      .addPrimaryKeyConstraint('identities_user_provider', ['user_id', 'provider'])
      .addUniqueConstraint('identities_provider_subject', ['provider', 'subject'])
      .addCheckConstraint('identities_subject_present', sql`subject <> ''`)
      .addCheckConstraint('identities_email_trust', trust)
      .addCheckConstraint('identities_email_whole', emailIsWhole)
      .execute();
    // Every verified address of a user can be looked up, not only the one that their record shows.
    await db.schema
      .createIndex('identities_verified_email')
      .on('identities')
      .column('email_key')
      .where(isVerified)
      .execute();

    if (isPostgres(db)) {
      await db.schema
        .alterTable('users')
        .addForeignKeyConstraint(...primaryIdentity)
        .execute();
    }

    await db.schema
      .createTable('sessions')
      .$call(clustered(db))
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
      .addColumn('address', 'text')
      .addColumn('user_agent', 'text')
      .execute();
    await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
    await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute();
    await db.schema.createIndex('sessions_idle').on('sessions').column('last_seen_at').execute();

    await db.schema
      .createTable('activity')
      .$call(clustered(db))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('provider', 'text')
      .addColumn('address', 'text')
      .addColumn('user_agent', 'text')
      .addPrimaryKeyConstraint('activity_user', ['user_id', 'id'])
      .execute();
    await db.schema.createIndex('activity_age').on('activity').column('at').execute();

    await db.schema
      .createTable('claimed_attempts')
      .$call(clustered(db))
      .addColumn('attempt_id', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('claimed_attempts_expiry')
      .on('claimed_attempts')
      .column('expires_at')
      .execute();

    // When each task that one of all instances does now and then was last begun.
    await db.schema
      .createTable('periodic_tasks')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .execute();

    if (isPostgres(db)) await createRateLimits(db);
  },
};

/**
 * The counts of rate limits that instances share: the embedded database has one instance, which counts in its memory.
 *
 * Unlogged: a count costs no write-ahead log, and after a crash of the server everybody may start counting anew. Half of
 * each page is left free, so that a count is updated in place.
 */
async function createRateLimits(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limits (
      key text primary key,
      requests integer not null,
      window_ends_at bigint not null
    ) with (fillfactor = 50)`.execute(db);
}
