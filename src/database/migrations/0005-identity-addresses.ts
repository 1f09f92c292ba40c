import { type Kysely, type Migration, sql } from 'kysely';
import { isPostgres } from '../is-postgres.js';

/**
 * Every verified address of a user can be looked up, not only the one that their record shows. The key is the address with
 * ASCII letters in lower case, as `users.email_key`: SQLite's `lower` folds nothing else, PostgreSQL's would.
 */
export const identityAddresses: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('identities').addColumn('email_key', 'text').execute();
    const lower = isPostgres(db)
      ? sql`translate(email, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`
      : sql`lower(email)`;
    await sql`update identities set email_key = ${lower} where email is not null`.execute(db);
    await db.schema
      .createIndex('identities_verified_email')
      .on('identities')
      .column('email_key')
      .where(sql.ref('email_trust'), 'in', [sql.lit('authoritative'), sql.lit('verified')])
      .execute();
  },
};
