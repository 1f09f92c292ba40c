import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { keepsSession } from '../config/issuers.js';
import { Database } from '../database/database.js';
import { isPostgres, PreparedQuery } from '../database/prepared-query.js';
import type { SessionKind, SessionsTable } from '../database/schema.js';
import { findActiveRows, type Row, type Times, toSession } from './active-session.query.js';
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
  private batch: Batch | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.idleMs = config.sessions.idleSeconds * 1000;
  }

  /**
   * Finds the active session with a secret id, given by its hash. What a browser has is worth nothing as a bearer, and the
   * other way round.
   *
   * @returns null when there is none
   */
  async find(tokenHash: string, kind: SessionKind): Promise<SignedInSession | null> {
    const rows = isPostgres(this.database)
      ? await this.findTogether(tokenHash)
      : await findActiveRows(this.database, [tokenHash], this.times());
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
      for (const row of await findActiveRows(this.database, tokenHashes, this.times())) {
        found.get(row['token_hash'] as string)?.push(row);
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
