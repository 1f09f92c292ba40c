import { Inject, Injectable, Logger } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import { hashToken } from '../common/hash-token.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { isActive } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { HandoversTable, SessionsTable } from '../database/session-tables.js';
import {
  ConcurrentChange,
  UnitOfWork,
  type UnitOfWorkTransaction,
} from '../database/unit-of-work.js';
import { BearerSessions } from '../sessions/bearer-sessions.service.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { toUser, type User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Exchange } from './exchange.schema.js';
import { HandoversRepository, type SignInHandover } from './handovers.repository.js';

/** How long a second use ends what the first has made (RFC 6749 §4.1.2): somebody else has the code too. */
const REUSE_MS = 10 * 60_000;

/** What an exchange comes to: a session, or the reason why there is none. */
type Outcome = { session: SessionsTable; token: string; user: User } | { refusal: string };

/** RFC 7636 §4.1 and §4.6: a shorter one could be guessed. */
export function isVerifier(
  verifier: string,
  { challenge }: Pick<HandoversTable, 'challenge'>,
): boolean {
  return /^[\w.~-]{43,128}$/.test(verifier) && hashToken(verifier) === challenge;
}

/** Exchanges the code of a hand-over for the session of an application. */
@Injectable()
export class ExchangeService {
  private readonly logger = new Logger(ExchangeService.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly handovers: HandoversRepository,
    private readonly bearers: BearerSessions,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Exchanges a code, once. Whether the user may sign in is judged again.
   *
   * @throws AppError `invalid_grant`; the log has the reason
   */
  async exchange(asked: Exchange): Promise<Exclude<Outcome, { refusal: string }>> {
    const outcome = await this.unitOfWork.run(async (tx): Promise<Outcome> => {
      const handover = await this.handovers.signInOf(hashToken(asked.code), tx);
      if (handover === undefined) return { refusal: 'unknown code' };
      if (handover.target !== asked.target) return { refusal: 'another target' };
      if (!isVerifier(asked.codeVerifier, handover)) return { refusal: 'another verifier' };
      if (handover.used_at !== null) return this.refuseReuse(tx, handover);
      const refusal = await this.refusalOf(tx, handover);
      return refusal === null ? this.open(tx, handover) : { refusal };
    });
    // Thrown after the commit, which may have ended a session.
    if ('refusal' in outcome) {
      throw new AppError('invalid_grant', { log: { reason: outcome.refusal } });
    }
    return outcome;
  }

  private async refusalOf(db: Queryable, handover: SignInHandover): Promise<string | null> {
    if (handover.expires_at <= Date.now()) return 'expired';
    if (findTarget(this.config.handoverTargets, handover.target) === null) {
      return 'target not configured';
    }
    if (!isActive(this.config, handover)) return 'issuer not configured';
    const user = await lockUser(db, handover.user_id);
    if (user === undefined) return 'user gone';
    return user.disabled_at === null ? null : 'user disabled';
  }

  private async open(tx: UnitOfWorkTransaction, handover: SignInHandover): Promise<Outcome> {
    const { id, user_id: userId, provider, subject, target, address, user_agent } = handover;
    const { session, token } = await this.bearers.open(tx, handover);
    const now = Date.now();
    const used = { session_id: session.id, used_at: now, expires_at: now + REUSE_MS };
    if (!(await this.handovers.use(tx, id, used))) {
      throw new ConcurrentChange('The code was exchanged meanwhile.');
    }
    const client = { address, userAgent: user_agent };
    await this.activity.record(tx, { userId, event: 'sign_in', provider, subject, client });
    const { users } = this;
    const [user, identities] = [
      await users.findUser(userId, tx),
      await users.identitiesOf(userId, tx),
    ];
    if (user === undefined) throw new ConcurrentChange('The user was deleted meanwhile.');
    tx.afterCommit(() => this.logger.log({ event: 'code_exchanged', userId, target }));
    return { session, token, user: toUser(user, identities) };
  }

  private async refuseReuse(
    tx: UnitOfWorkTransaction,
    { user_id: userId, session_id: only, expires_at: until, target }: HandoversTable,
  ): Promise<Outcome> {
    if (only === null || until <= Date.now()) return { refusal: 'used' };
    await lockUser(tx, userId);
    await this.sessions.end({ userId, only }, tx);
    tx.afterCommit(() => this.logger.warn({ event: 'code_used_twice', userId, target }));
    return { refusal: 'used twice: its session has ended' };
  }
}
