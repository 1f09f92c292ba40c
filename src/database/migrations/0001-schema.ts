import { type ForeignKeyConstraintBuilder, type Kysely, type Migration, sql } from 'kysely';
import { isPostgres } from '../prepared-query.js';
import { clustered } from './clustered.js';
import { createClaimedAttempts } from './0001-attempts.js';
import { createHandovers } from './0001-handovers.js';
import { createPendingLinks, createSessionProofs, createSessions } from './0001-sessions.js';
import { createSigningKeys } from './0001-tokens.js';

/** Checked at commit, so that every user has at least one identity. */
const primaryIdentity: [
  string,
  ('id' | 'primary_issuer')[],
  string,
  string[],
  (constraint: ForeignKeyConstraintBuilder) => ForeignKeyConstraintBuilder,
] = [
  'users_primary_identity',
  ['id', 'primary_issuer'],
  'identities',
  ['user_id', 'issuer'],
  (constraint) => constraint.deferrable().initiallyDeferred(),
];

/**
 * Users, identities and sessions. Every invariant is a constraint, so that no sequence of requests can violate it: an
 * identity has one user, a user has at least one identity and one per issuer, a verified address has one user. The
 * column types mean the same in SQLite and in PostgreSQL.
 */
export const schema: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const trust = sql`email_trust in ('authoritative', 'verified', 'claimed')`;
    const emailIsWhole = sql`(email is null) = (email_key is null) and (email is null) = (email_trust is null)`;
    const usersTable = db.schema
      .createTable('users')
      .$call(clustered(db))
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('primary_issuer', 'text', (column) => column.notNull())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('email_key', 'text')
      .addColumn('email_trust', 'text')
      .addColumn('avatar_url', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('last_sign_in_at', 'bigint', (column) => column.notNull())
      .addColumn('disabled_at', 'bigint')
      .addColumn('chosen_name', 'text')
      .addColumn('locale', 'text')
      .addCheckConstraint('users_email_trust', trust)
      .addCheckConstraint('users_email_whole', emailIsWhole);
    // The foreign keys are circular: SQLite takes the constraint with the table, PostgreSQL once both tables exist.
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
      .addColumn('issuer', 'text', (column) => column.notNull())
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
      .addColumn('unsettled_since', 'bigint')
      .addColumn('acknowledged_at', 'bigint')
      .addColumn('linked_address', 'text')
      .addColumn('linked_user_agent', 'text')
      .addColumn('linked_via', 'text')
      // Clusters a user's identities: every request reads them.
      .addPrimaryKeyConstraint('identities_user_issuer', ['user_id', 'issuer'])
      .addUniqueConstraint('identities_issuer_subject', ['issuer', 'subject'])
      .addCheckConstraint('identities_subject_present', sql`subject <> ''`)
      .addCheckConstraint('identities_email_trust', trust)
      .addCheckConstraint('identities_email_whole', emailIsWhole)
      .execute();
    // All verified addresses of a user are looked up, not only the one in their profile.
    await db.schema
      .createIndex('identities_verified_email')
      .on('identities')
      .column('email_key')
      .where(isVerified)
      .execute();

    // Kept apart from identities, so that whatever becomes of one changes nothing.
    await db.schema
      .createTable('contested_addresses')
      .$call(clustered(db))
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('email_key', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('contested_addresses_pkey', ['user_id', 'email_key'])
      .execute();

    if (isPostgres(db)) {
      await db.schema
        .alterTable('users')
        .addForeignKeyConstraint(...primaryIdentity)
        .execute();
    }

    await createSessions(db);
    await createSessionProofs(db);
    await createPendingLinks(db);
    await createHandovers(db);

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
      .addColumn('issuer', 'text')
      .addColumn('subject', 'text')
      .addColumn('via', 'text')
      .addColumn('address', 'text')
      .addColumn('user_agent', 'text')
      .addPrimaryKeyConstraint('activity_user', ['user_id', 'id'])
      .execute();
    await db.schema.createIndex('activity_age').on('activity').column('at').execute();

    await createClaimedAttempts(db);
    await createSigningKeys(db);

    // When each periodic task, shared by all instances, last began.
    await db.schema
      .createTable('periodic_tasks')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .execute();

    if (isPostgres(db)) await createRateLimits(db);
  },
};

/**
 * Shared rate-limit counters. PostgreSQL only: the embedded database has one instance, which counts in memory.
 *
 * Unlogged, so counting writes no WAL; a server crash resets all counters. A fill factor of 50 leaves room for HOT
 * updates.
 */
async function createRateLimits(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limits (
      key text primary key,
      requests integer not null,
      window_ends_at bigint not null
    ) with (fillfactor = 50)`.execute(db);
}
