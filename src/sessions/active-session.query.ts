import { type AliasedExpression, expressionBuilder, type Kysely, sql } from 'kysely';
import { PreparedQuery } from '../database/prepared-query.js';
import type { Schema } from '../database/schema.js';
import type { SessionsTable } from '../database/session-tables.js';
import type { ShownIdentity, ShownUser, SignedInSession } from './signed-in-session.js';

/** The columns of a session's row that say who is signed in. */
type SessionColumns = Omit<
  SessionsTable,
  TokenColumn | 'previous_hash' | 'renewal_seed' | 'address' | 'user_agent' | 'idle_ms'
>;

/** By which hash a session is found. */
export type TokenColumn = 'token_hash' | 'domain_token_hash';

export type Row = Readonly<Record<string, unknown>>;

/** A table's columns, selected under aliases with the table's name: the joined tables share some column names. */
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

  of(row: Row): T {
    const part: Partial<Record<keyof T, unknown>> = {};
    for (const [column, alias] of this.names) part[column] = row[alias];
    return part as T;
  }
}

const SESSION = new Columns<SessionColumns>('sessions', [
  'id',
  'user_id',
  'provider',
  'issuer',
  'created_at',
  'authenticated_at',
  'last_seen_at',
  'expires_at',
  'kind',
  'target',
  'made_user',
]);
const USER = new Columns<ShownUser>('users', [
  'id',
  'display_name',
  'email',
  'email_trust',
  'avatar_url',
  'locale',
  'created_at',
  'updated_at',
  'last_sign_in_at',
]);
const IDENTITY = new Columns<ShownIdentity>('identities', [
  'provider',
  'issuer',
  'subject',
  'username',
  'display_name',
  'email',
  'email_trust',
  'avatar_url',
  'linked_at',
  'last_used_at',
  'unsettled_since',
  'acknowledged_at',
]);

/** Milliseconds since 1970: now, and since when a session must have been seen that has no such time of its own. */
export interface Times {
  now: number;
  idleSince: number;
}

/** Of sessions whose time without a request is shorter than everybody's. */
export function isNotIdle(now: number) {
  return sql<boolean>`(sessions.idle_ms is null or sessions.last_seen_at + sessions.idle_ms > ${now})`;
}

const active = (db: Kysely<Schema>, column: TokenColumn, now: number, idleSince: number) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('identities', 'identities.user_id', 'users.id')
    .select(`sessions.${column} as found_by`)
    .select([...SESSION.selection, ...USER.selection, ...IDENTITY.selection])
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_seen_at', '>', idleSince)
    .where(isNotIdle(now));

/**
 * One statement per power of two, for that many tokens: PostgreSQL plans a statement with `= any($1)` anew at each run,
 * as it cannot tell how many there are. For a list of known length it keeps the plan.
 */
const bySize: Record<TokenColumn, Map<number, PreparedQuery<TokenParameters, Row>>> = {
  token_hash: new Map(),
  domain_token_hash: new Map(),
};

type TokenParameters = Times & Readonly<Record<number, string | undefined>>;

function withTokens(column: TokenColumn, size: number): PreparedQuery<TokenParameters, Row> {
  const known = bySize[column].get(size);
  if (known !== undefined) return known;
  const query = new PreparedQuery((db, parameters: TokenParameters) => {
    const tokenHashes = Array.from({ length: size }, (_, index) => parameters[index] as string);
    const { now, idleSince } = parameters;
    return active(db, column, now, idleSince).where(`sessions.${column}`, 'in', tokenHashes);
  });
  bySize[column].set(size, query);
  return query;
}

/** The rows of active sessions, one per identity. */
export function findActiveRows(
  db: Kysely<Schema>,
  column: TokenColumn,
  tokenHashes: readonly string[],
  times: Times,
): Promise<Row[]> {
  const size = 2 ** Math.ceil(Math.log2(tokenHashes.length));
  const padded = Array.from({ length: size }, (_, index) => tokenHashes[index] ?? tokenHashes[0]);
  return withTokens(column, size).rows(db, Object.assign({ ...times }, padded));
}

/** The session of these rows, one per identity; null without any. */
export function toSession(rows: readonly Row[]): SignedInSession | null {
  const [row] = rows;
  if (row === undefined) return null;
  const identities = rows.map((each) => IDENTITY.of(each));
  if (identities.length > 1) identities.sort(byConnection);
  const session = SESSION.of(row);
  return {
    publicId: session.id,
    tokenHash: String(row['found_by']),
    userId: session.user_id,
    provider: session.provider,
    issuer: session.issuer,
    createdAt: session.created_at,
    authenticatedAt: session.authenticated_at,
    lastSeenAt: session.last_seen_at,
    expiresAt: session.expires_at,
    kind: session.kind,
    target: session.target,
    isNewUser: session.made_user === 1,
    user: USER.of(row),
    identities,
  };
}

function byConnection(one: ShownIdentity, other: ShownIdentity): number {
  return one.linked_at - other.linked_at || (one.provider < other.provider ? -1 : 1);
}
