import { Inject, Injectable } from '@nestjs/common';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import { isProviderId } from '../common/provider-id.js';
import { Database } from '../database/database.js';
import type { Schema } from '../database/schema.js';
import { emailKey } from './email-key.js';

/** Finds users by what an operator is told of them. */
@Injectable()
export class UserSearch {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The ids of the users whom a text names: an id, an address (of the user or of an identity), `provider:subject`, a
   * username (with or without `@`), or a part of a display name. Those who signed in last come first.
   */
  async find(text: string, limit: number): Promise<string[]> {
    const wanted = text.trim();
    const rows = await this.database
      .selectFrom('users')
      .innerJoin('identities', 'identities.user_id', 'users.id')
      .select(['users.id', 'users.last_sign_in_at'])
      .distinct()
      .where((row) => row.or(conditions(row, wanted)))
      .orderBy('users.last_sign_in_at', 'desc')
      .orderBy('users.id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }
}

type Rows = ExpressionBuilder<Schema, 'users' | 'identities'>;

function conditions(row: Rows, wanted: string): Expression<SqlBool>[] {
  const address = emailKey(wanted);
  const username = wanted.replace(/^@/, '');
  const part = `%${wanted.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const [provider = '', ...rest] = wanted.split(':');
  return [
    row('users.id', '=', wanted.toLowerCase()),
    row('users.email_key', '=', address),
    row(sql`lower(identities.email)`, '=', address),
    sql<SqlBool>`lower(identities.username) = lower(${username})`,
    sql<SqlBool>`lower(users.display_name) like lower(${part}) escape ${sql.lit('\\')}`,
    sql<SqlBool>`lower(identities.display_name) like lower(${part}) escape ${sql.lit('\\')}`,
    ...(isProviderId(provider)
      ? [
          row.and([
            row('identities.provider', '=', provider),
            row('identities.subject', '=', rest.join(':')),
          ]),
        ]
      : []),
  ];
}
