import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ActivityService } from '../activity/activity.service.js';
import { BEARER_PREFIX } from '../common/http/bearer.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { Database } from '../database/database.js';
import type { HandoversTable, SessionsTable } from '../database/session-tables.js';
import type { UnitOfWorkTransaction } from '../database/unit-of-work.js';
import { addSession } from './add-session.js';
import { ProofsRepository } from './proofs.repository.js';
import { hashToken } from '../common/hash-token.js';

/** Of a site's sessions: its server has them, for as long as somebody uses its pages. */
const SITE_IDLE_MS = 60 * 60_000;
const SITE_ABSOLUTE_MS = 12 * SITE_IDLE_MS;

const TOKEN_BYTES = 32;

/** A sign-in that an application has exchanged the code of. */
export type HandedOver = Pick<
  HandoversTable,
  'user_id' | 'provider' | 'target' | 'made_user' | 'address' | 'user_agent'
> & { issuer: string; subject: string; answered_at: number; authenticated_at: number };

/** The sessions of applications, which send their token themselves. */
@Injectable()
export class BearerSessions {
  private readonly logger = new Logger(BearerSessions.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    private readonly proofs: ProofsRepository,
    private readonly activity: ActivityService,
  ) {}

  /**
   * Begins the session of an application, in the transaction that has exchanged its code. It counts from the provider's
   * answer, and is no step-up, whatever the provider was asked.
   *
   * @returns the row, and the token that is shown this once
   */
  async open(
    tx: UnitOfWorkTransaction,
    handover: HandedOver,
  ): Promise<{ session: SessionsTable; token: string }> {
    const { user_id, provider, issuer, subject, target, address, user_agent } = handover;
    const { answered_at: created_at, authenticated_at, made_user } = handover;
    const { idleSeconds, absoluteSeconds } = this.config.sessions;
    const isSite = findTarget(this.config.handoverTargets, target)?.kind === 'https';
    const absoluteMs = Math.min(absoluteSeconds * 1000, isSite ? SITE_ABSOLUTE_MS : Infinity);
    const token = BEARER_PREFIX + randomToken(TOKEN_BYTES);
    const session: SessionsTable = {
      token_hash: hashToken(token),
      previous_hash: null,
      id: uuidv7(),
      user_id,
      provider,
      issuer,
      renewal_seed: '',
      created_at,
      authenticated_at,
      last_seen_at: Date.now(),
      expires_at: created_at + absoluteMs,
      address,
      user_agent,
      attempt_id: null,
      return_to: null,
      domain_token_hash: null,
      kind: 'app',
      target,
      made_user,
      idle_ms: isSite ? Math.min(idleSeconds * 1000, SITE_IDLE_MS) : null,
    };
    await addSession(tx, session, this.activity);
    const proof = { issuer, subject, assurance: 'none', at: created_at } as const;
    await this.proofs.insert(tx, session.id, proof);
    return { session, token };
  }

  /** Ends the sessions of targets that are not configured any more, so that none comes back with its target. */
  async endStrangers(): Promise<void> {
    const rows = await this.database
      .selectFrom('sessions')
      .select('target')
      .distinct()
      .where('target', 'is not', null)
      .execute();
    const strangers = rows.flatMap(({ target }) =>
      target === null || findTarget(this.config.handoverTargets, target) ? [] : [target],
    );
    for (const target of strangers) {
      const ended = await this.database
        .deleteFrom('sessions')
        .where('target', '=', target)
        .executeTakeFirst();
      this.logger.log({
        event: 'target_gone',
        target,
        endedSessions: Number(ended.numDeletedRows),
      });
    }
  }
}
