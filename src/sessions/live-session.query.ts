import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type AliasedExpression, expressionBuilder, type Kysely, sql } from 'kysely';
import { type Config, CONFIG } from '../config/config.js';
import { Database } from '../database/database.js';
import { isPostgres, PreparedQuery } from '../database/prepared-query.js';
import type { Schema, SessionsTable } from '../database/schema.js';
import type { ShownIdentity, ShownUser, SignedInSession } from './signed-in-session.js';

/** How often at most `last_seen_at` is written. */
const SEEN_INTERVAL_MS = 60_000;

/** The columns of a session's row that say who is signed in. */
type SessionColumns = Omit<SessionsTable, 'token_hash' | 'address' | 'user_agent'>;

type Row = Readonly<Record<string, unknown>>;

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

const noteSeen = new PreparedQuery(
  (db, { id, last_seen_at }: Pick<SessionsTable, 'id' | 'last_seen_at'>) =>
    db.updateTable('sessions').set({ last_seen_at }).where('id', '=', id),
  // Lost in a power cut, it is noted again when the session is next used.
  'process',
);

/** Requests that came in one turn of the event loop. */
interface Batch {
  tokenHashes: string[];
  rows: Promise<Map<string, Row[]>>;
}

/** What a request with a session cookie asks of the store: whose session it is, in one query. */
@Injectable()
export class LiveSessions {
  private readonly idleMs: number;
  private batch: Batch | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) config: Config,
  ) {
    this.idleMs = config.sessions.idleSeconds * 1000;
  }

  /**
   * Finds the living session with a secret id, given by its hash.
   *
   * @returns null when there is none
   */
  async find(tokenHash: string): Promise<SignedInSession | null> {
    const rows = isPostgres(this.database)
      ? await this.findTogether(tokenHash)
      : await withToken.rows(this.database, { tokenHash, ...this.times() });
    const [row] = rows;
    if (row === undefined) return null;
    const identities = rows.map((each) => IDENTITY.of(each));
    if (identities.length > 1) identities.sort(byConnection);
    const session = SESSION.of(row);
    return {
      publicId: session.id,
      userId: session.user_id,
      provider: session.provider,
      createdAt: session.created_at,
      authenticatedAt: session.authenticated_at,
      lastSeenAt: session.last_seen_at,
      expiresAt: session.expires_at,
      user: USER.of(row),
      identities,
    };
  }

  /** Writes `last_seen_at`, at most once per interval: reads must not all become writes. */
  async touch({ publicId, lastSeenAt }: SignedInSession): Promise<void> {
    const now = Date.now();
    if (now - lastSeenAt < Math.min(SEEN_INTERVAL_MS, this.idleMs / 10)) return;
    await noteSeen.changes(this.database, { id: publicId, last_seen_at: now });
  }

  /** Requests of one turn of the event loop share a statement: its round trip costs more than the rest of a request. */
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
