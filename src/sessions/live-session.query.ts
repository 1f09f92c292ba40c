import { type AliasedExpression, expressionBuilder } from 'kysely';
import type { Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { IdentitiesTable, Schema, SessionsTable, UsersTable } from '../database/schema.js';

/** What is shown of a user. */
export type ShownUser = Omit<UsersTable, 'primary_provider' | 'email_key' | 'disabled_at'>;

/** What is shown of an identity. */
export type ShownIdentity = Omit<IdentitiesTable, 'user_id' | 'email_key'>;

/** A living session, the user whose it is, and their identities, the first connected first. */
export interface LiveSession {
  session: Omit<SessionsTable, 'token_hash' | 'address' | 'user_agent'>;
  user: ShownUser;
  identities: ShownIdentity[];
}

type Row = Readonly<Record<string, unknown>>;

/** A table's columns, of which some have the names of another's: in a row they stand under the table's name too. */
class Columns<T> {
  private readonly names: readonly (readonly [column: keyof T, alias: string])[];

  constructor(
    private readonly table: 'sessions' | 'users' | 'identities',
    columns: readonly (keyof T & string)[],
  ) {
    this.names = columns.map((column) => [column, `${table}_${column}`]);
  }

  get selection(): AliasedExpression<unknown, string>[] {
    const build = expressionBuilder<Schema, 'sessions' | 'users' | 'identities'>();
    return this.names.map(([column, alias]) =>
      build.ref(`${this.table}.${String(column)}` as never).as(alias),
    );
  }

  /** The table's part of a row. */
  of(row: Row): T {
    const part: Partial<Record<keyof T, unknown>> = {};
    for (const [column, alias] of this.names) part[column] = row[alias];
    return part as T;
  }
}

const SESSION = new Columns<LiveSession['session']>('sessions', [
  'id',
  'user_id',
  'provider',
  'created_at',
  'authenticated_at',
  'last_seen_at',
  'expires_at',
]);
const USER = new Columns<ShownUser>('users', [
  'id',
  'display_name',
  'email',
  'email_trust',
  'avatar_url',
  'created_at',
  'updated_at',
  'last_sign_in_at',
]);
const IDENTITY = new Columns<ShownIdentity>('identities', [
  'provider',
  'subject',
  'username',
  'display_name',
  'email',
  'email_trust',
  'avatar_url',
  'linked_at',
  'last_used_at',
]);

interface Asked {
  /** Hash of the secret id. */
  tokenHash: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Since when it must have been seen. */
  idleSince: number;
}

const query = new PreparedQuery((db, { tokenHash, now, idleSince }: Asked) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('identities', 'identities.user_id', 'users.id')
    .select([...SESSION.selection, ...USER.selection, ...IDENTITY.selection])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_seen_at', '>', idleSince),
);

/**
 * The one question that a request with a session cookie asks of the store: whose session it is.
 *
 * @returns undefined when no living session has the secret id
 */
export async function findLiveSession(
  db: Queryable,
  asked: Asked,
): Promise<LiveSession | undefined> {
  const rows: readonly Row[] = await query.rows(db, asked);
  const [row] = rows;
  if (row === undefined) return undefined;
  const identities = rows.map((each) => IDENTITY.of(each));
  if (identities.length > 1) identities.sort(byConnection);
  return { session: SESSION.of(row), user: USER.of(row), identities };
}

function byConnection(one: ShownIdentity, other: ShownIdentity): number {
  return one.linked_at - other.linked_at || (one.provider < other.provider ? -1 : 1);
}
