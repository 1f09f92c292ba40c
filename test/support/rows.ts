import { sql } from 'kysely';
import type { Database } from '../../src/database/database.js';

/** All that says who somebody is and who is signed in, row by row. */
export async function identityRows(database: Database) {
  return {
    users: await database.selectFrom('users').selectAll().orderBy('id').execute(),
    identities: await database.selectFrom('identities').selectAll().orderBy('subject').execute(),
    sessions: await database.selectFrom('sessions').selectAll().orderBy('id').execute(),
    proofs: await database
      .selectFrom('session_proofs')
      .selectAll()
      .orderBy('session_id')
      .orderBy('issuer')
      .execute(),
  };
}

/** Everything that is stored, in all tables, as one text to be searched. */
export async function storedText(database: Database): Promise<string> {
  const tables = await database.introspection.getTables();
  const contents = await Promise.all(
    tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(database)),
  );
  return JSON.stringify(contents.map(({ rows }) => rows));
}
