import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import { isProviderId } from '../common/provider-id.js';
import type { Schema } from '../database/schema.js';
import { emailKey } from './email-key.js';

type Rows = ExpressionBuilder<Schema, 'users' | 'identities'>;

/** What a user or one of their identities has to be to be found by a text; one of these is enough. */
export function searchConditions(row: Rows, wanted: string): Expression<SqlBool>[] {
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
