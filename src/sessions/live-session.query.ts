import { setImmediate as turn } from 'node:timers/promises';
import { type AliasedExpression, expressionBuilder, type Kysely, sql } from 'kysely';
import type { Queryable } from '../database/database.js';
import { isPostgres } from '../database/is-postgres.js';
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

/** Milliseconds since 1970: now, and since when a session must have been seen. */
interface Times {
  now: number;
  idleSince: number;
}

const living = (db: Kysely<Schema>, now: number, idleSince: number) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('identities', 'identities.user_id', 'users.id')
    .select('sessions.token_hash')
    .select([...SESSION.selection, ...USER.selection, ...IDENTITY.selection])
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_seen_at', '>', idleSince);

const withToken = new PreparedQuery(
  (db, { tokenHash, now, idleSince }: Times & { tokenHash: string }) =>
    living(db, now, idleSince).where('sessions.token_hash', '=', tokenHash),
);

const withTokens = new PreparedQuery(
  (db, { tokenHashes, now, idleSince }: Times & { tokenHashes: string[] }) =>
    living(db, now, idleSince).where(
      sql<boolean>`sessions.token_hash = any(${tokenHashes}::text[])`,
    ),
);

/** Requests that came in one turn of the event loop. */
interface Batch {
  tokenHashes: string[];
  rows: Promise<Map<string, Row[]>>;
}

/** The one question that a request with a session cookie asks of the store: whose session it is. */
export class LiveSessions {
  private batch: Batch | null = null;

  /** @param idleMs for how long a session may go unseen */
  constructor(
    private readonly database: Queryable,
    private readonly idleMs: number,
  ) {}

  /**
   * Finds the living session with a secret id, given by its hash.
   *
   * @returns undefined when there is none
   */
  async find(tokenHash: string): Promise<LiveSession | undefined> {
    const rows = isPostgres(this.database)
      ? await this.findTogether(tokenHash)
      : await withToken.rows(this.database, { tokenHash, ...this.times() });
    const [row] = rows;
    if (row === undefined) return undefined;
    const identities = rows.map((each) => IDENTITY.of(each));
    if (identities.length > 1) identities.sort(byConnection);
    return { session: SESSION.of(row), user: USER.of(row), identities };
  }

  /** A statement costs a round trip, and more than all the rest of a request: those that are there already share one. */
  private async findTogether(tokenHash: string): Promise<Row[]> {
    this.batch ??= this.openBatch();
    const { tokenHashes, rows } = this.batch;
    tokenHashes.push(tokenHash);
    return (await rows).get(tokenHash) ?? [];
  }

  private openBatch(): Batch {
    const tokenHashes: string[] = [];
    const answer = async () => {
      await turn();
      this.batch = null;
      const found = new Map<string, Row[]>(tokenHashes.map((tokenHash) => [tokenHash, []]));
      for (const row of await withTokens.rows(this.database, { tokenHashes, ...this.times() })) {
        found.get(row.token_hash)?.push(row);
      }
      return found;
    };
    return { tokenHashes, rows: answer() };
  }

  private times(): Times {
    const now = Date.now();
    return { now, idleSince: now - this.idleMs };
  }
}

function byConnection(one: ShownIdentity, other: ShownIdentity): number {
  return one.linked_at - other.linked_at || (one.provider < other.provider ? -1 : 1);
}
