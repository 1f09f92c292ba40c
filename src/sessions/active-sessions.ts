import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { keepsSession } from '../config/issuers.js';
import { Database } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { SessionKind, SessionsTable } from '../database/session-tables.js';
import {
  findActiveRows,
  type Row,
  type Times,
  type TokenColumn,
  toSession,
} from './active-session.query.js';
import { hashToken } from '../common/hash-token.js';
import type { SignedInSession } from './signed-in-session.js';

/** How often at most `last_seen_at` is written. */
const SEEN_INTERVAL_MS = 60_000;

const updateLastSeen = new PreparedQuery(
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
export class ActiveSessions {
  private readonly idleMs: number;
  private readonly batches: Record<TokenColumn, Batch | null> = {
    token_hash: null,
    domain_token_hash: null,
  };

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.idleMs = config.sessions.idleSeconds * 1000;
  }

  /** The active session with a secret id; null when there is none. Notes that it is in use. */
  async findInUse(token: string, kind: SessionKind = 'browser'): Promise<SignedInSession | null> {
    const session = await this.find(hashToken(token), kind);
    if (session !== null) await this.touch(session);
    return session;
  }

  /**
   * Finds an active session by the hash of its secret id, or of what its Domain cookie has. What a browser has is worth
   * nothing as a bearer, and the other way round.
   *
   * @returns null when there is none
   */
  async find(
    tokenHash: string,
    kind: SessionKind = 'browser',
    column: TokenColumn = 'token_hash',
  ): Promise<SignedInSession | null> {
    const rows = await this.findTogether(tokenHash, column);
    const session = toSession(rows);
    return session?.kind === kind && this.isKept(session) ? session : null;
  }

  /** Whether the configuration still has whoever vouched for it, and where it was handed over. */
  private isKept(session: SignedInSession): boolean {
    const { target } = session;
    const isTarget = target === null || findTarget(this.config.handoverTargets, target) !== null;
    return isTarget && keepsSession(this.config, session);
  }

  /** Writes `last_seen_at`, at most once per interval: reads must not all become writes. */
  async touch({ publicId, lastSeenAt }: SignedInSession): Promise<void> {
    const now = Date.now();
    if (now - lastSeenAt < Math.min(SEEN_INTERVAL_MS, this.idleMs / 10)) return;
    await updateLastSeen.changes(this.database, { id: publicId, last_seen_at: now });
  }

  /**
   * Requests of one turn of the event loop share a statement: on PostgreSQL its round trip costs more than the rest of a
   * request; on SQLite it locks the file, and builds its rows, in calls that each wait for the system.
   */
  private async findTogether(tokenHash: string, column: TokenColumn): Promise<Row[]> {
    this.batches[column] ??= this.openBatch(column);
    const { tokenHashes, rows } = this.batches[column];
    tokenHashes.push(tokenHash);
    return (await rows).get(tokenHash) ?? [];
  }

  private openBatch(column: TokenColumn): Batch {
    const tokenHashes: string[] = [];
    const answer = async () => {
      await turn();
      this.batches[column] = null;
      const found = new Map<string, Row[]>(tokenHashes.map((tokenHash) => [tokenHash, []]));
      for (const row of await findActiveRows(this.database, column, tokenHashes, this.times())) {
        found.get(row['found_by'] as string)?.push(row);
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
