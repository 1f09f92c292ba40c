import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../common/errors/app-error.js';
import { hashToken } from '../common/hash-token.js';
import type { ProviderId } from '../common/provider-id.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { Database, type Queryable } from '../database/database.js';
import { lockUser } from '../database/lock-user.js';
import type { HandoverKind, HandoversTable } from '../database/session-tables.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { Proof } from '../sessions/proofs.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountLimits } from '../users/account-limits.js';
import type { SignInRefused } from '../users/sign-in-errors.js';
import { StepUpService } from '../users/step-up.service.js';
import { answerTo, type Handover } from './handover.js';
import { HandoversRepository } from './handovers.repository.js';
import type { PreparedHandover } from './handovers.service.js';

export type AskedKind = Extract<HandoverKind, 'link' | 'reauthenticate'>;

/**
 * What the session of an application asks for: to connect a provider, or to be stepped up. A browser has to go to the
 * provider for it, and whose that is nobody knows: so it changes nothing by itself. What it brings back takes effect when
 * the very session that has asked hands it in.
 */
@Injectable()
export class AskedService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    private readonly rows: HandoversRepository,
    private readonly stepUp: StepUpService,
    private readonly limits: AccountLimits,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Begins it.
   *
   * @returns the ticket of the browser that goes to the provider
   * @throws AppError `bad_request` for a target that is not the session's own; as `StepUpService.require`; `rate_limited`
   */
  async begin(
    session: SignedInSession,
    kind: AskedKind,
    provider: ProviderId,
    { target, challenge, state }: Handover,
  ): Promise<string> {
    if (!isOfTarget(this.config, session, target)) {
      throw new AppError('bad_request', {
        detail: 'returnTo has to be of the target that the session was handed to.',
        log: { reason: 'hand-over: another target' },
      });
    }
    if (kind === 'link') {
      await this.stepUp.require(session, 'connect');
      await this.limits.connect(session);
    }
    const ticket = randomToken(32);
    await this.rows.add(this.database, {
      ...unused,
      id: uuidv7(),
      kind,
      ticket_hash: hashToken(ticket),
      user_id: session.userId,
      provider,
      target,
      challenge,
      caller_state: state,
      expires_at: Date.now() + this.config.attemptSeconds * 1000,
      session_id: session.publicId,
    });
    return ticket;
  }

  /**
   * What a ticket begins.
   *
   * @throws AppError `not_found`
   */
  async find(ticket: unknown, provider: ProviderId): Promise<HandoversTable> {
    const row =
      typeof ticket === 'string' ? await this.rows.ofTicket(hashToken(ticket)) : undefined;
    if (row?.provider !== provider) throw usedUp();
    return row;
  }

  /** Uses its ticket, once. Throws as `find`. */
  async use({ id }: Pick<HandoversTable, 'id'>): Promise<void> {
    if (!(await this.rows.useTicket(id))) throw usedUp();
  }

  /**
   * Writes down what the provider has answered; nothing else changes.
   *
   * @throws AppError `session_changed` when the session that has asked has ended meanwhile
   */
  async answer(
    db: Queryable,
    id: string,
    { row: { browser_hash, expires_at } }: PreparedHandover,
    { issuer, assurance, at }: Proof,
    profile: SocialProfile,
  ): Promise<void> {
    const answer = JSON.stringify({ issuer, assurance, at, profile });
    const isThere = await this.rows.answer(db, id, { answer, browser_hash, expires_at });
    if (!isThere) throw new AppError('session_changed');
  }

  /**
   * Keeps an identity that could not sign in (`account_exists`) for whoever signs in as the owner of its address.
   *
   * @returns where the browser goes from here
   */
  async offer(
    { location, code, row }: PreparedHandover,
    { source: { provider, issuer }, profile, addressOwner }: SignInRefused,
  ): Promise<string> {
    const now = Date.now();
    const answer = { issuer, assurance: 'none', at: now, profile };
    await this.unitOfWork.run(async (tx) => {
      if ((await lockUser(tx, addressOwner)) === undefined) return;
      await this.rows.add(tx, {
        ...unused,
        ...row,
        id: uuidv7(),
        kind: 'pending-link',
        user_id: addressOwner,
        provider,
        answer: JSON.stringify(answer),
        // They have to sign in first.
        expires_at: now + this.config.attemptSeconds * 1000,
        session_id: null,
      });
    });
    if (code === null) return location;
    const { target, caller_state: state } = row;
    return answerTo(this.config, { target, state }, { code, error: 'account_exists' });
  }
}

/** Whether a target is of the same entry of HANDOVER_TARGETS as a session's. */
export function isOfTarget(
  { handoverTargets }: Pick<Config, 'handoverTargets'>,
  session: SignedInSession,
  target: string,
): boolean {
  const entry = findTarget(handoverTargets, target);
  return entry !== null && entry === findTarget(handoverTargets, session.target);
}

/** What a hand-over has that nobody has used yet. */
const unused = {
  ticket_hash: null,
  browser_hash: null,
  code_hash: null,
  issuer: null,
  subject: null,
  answer: null,
  answered_at: null,
  authenticated_at: null,
  made_user: 0,
  address: null,
  user_agent: null,
  used_at: null,
} as const;

function usedUp(): AppError {
  return new AppError('not_found', { say: 'used_up' });
}
