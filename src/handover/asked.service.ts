import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import { hashToken } from '../common/hash-token.js';
import type { Client } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { randomToken } from '../common/random.js';
import { CONFIG, type Config } from '../config/config.js';
import { findTarget } from '../config/handover-targets.js';
import { Database, type Queryable } from '../database/database.js';
import { lockOwner, lockUser } from '../database/lock-user.js';
import type { HandoverKind, HandoversTable } from '../database/session-tables.js';
import { UnitOfWork, type UnitOfWorkTransaction } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { Proof } from '../sessions/proofs.repository.js';
import { SessionStarts } from '../sessions/session-starts.service.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountLimits } from '../users/account-limits.js';
import { IdentitiesService } from '../users/identities.service.js';
import { StepUpService } from '../users/step-up.service.js';
import { UsersService } from '../users/users.service.js';
import { answerIn } from './asked-answer.js';
import { isVerifier } from './exchange.service.js';
import type { Completion } from './exchange.schema.js';
import type { Handover } from './handover.js';
import { HandoversRepository } from './handovers.repository.js';
import type { PreparedHandover } from './handovers.service.js';

export type AskedKind = Exclude<HandoverKind, 'sign-in'>;

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
    private readonly users: UsersService,
    private readonly identities: IdentitiesService,
    private readonly starts: SessionStarts,
    private readonly sessions: SessionsRepository,
    private readonly stepUp: StepUpService,
    private readonly limits: AccountLimits,
    private readonly activity: ActivityService,
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
    const { handoverTargets } = this.config;
    if (findTarget(handoverTargets, target) !== findTarget(handoverTargets, session.target)) {
      throw new AppError('bad_request', {
        detail: 'returnTo has to be of the target that the session was handed to.',
        log: { reason: 'hand-over: another target' },
      });
    }
    if (kind === 'link') {
      await this.stepUp.require(session, 'connect');
      await this.limits.connect(session.userId, await this.stepUp.isSteppedUp(session));
    }
    const ticket = randomToken(32);
    await this.rows.add(this.database, {
      id: uuidv7(),
      kind,
      ticket_hash: hashToken(ticket),
      browser_hash: null,
      code_hash: null,
      user_id: session.userId,
      provider,
      issuer: null,
      subject: null,
      answer: null,
      target,
      challenge,
      caller_state: state,
      answered_at: null,
      authenticated_at: null,
      made_user: 0,
      address: null,
      user_agent: null,
      expires_at: Date.now() + this.config.attemptSeconds * 1000,
      used_at: null,
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
   * Connects the identity that a browser has brought back, or steps the session up with it.
   *
   * @throws AppError `invalid_grant` for a code that is not what this session has asked for; `session_changed` when the
   *   session has ended meanwhile, or another account was chosen for a step-up; as `IdentitiesService.link`
   */
  async complete(session: SignedInSession, given: Completion, client: Client): Promise<void> {
    const { userId, publicId } = session;
    const asked = {
      code_hash: hashToken(given.code),
      challenge: hashToken(given.codeVerifier),
      session_id: publicId,
    };
    await this.unitOfWork.run(async (tx) => {
      await lockUser(tx, userId);
      const row = await this.rows.takeAsked(tx, asked);
      if (row === undefined || !isVerifier(given.codeVerifier, row)) {
        throw new AppError('invalid_grant', { log: { reason: 'not asked for by this session' } });
      }
      await this.sessions.assertActive(tx, publicId, 'session_changed');
      if (row.kind === 'link') {
        // What was recent when it was asked for may have become older on the way.
        await this.stepUp.require(session, 'connect', tx, this.config.attemptSeconds * 1000);
        await this.link(tx, row, client);
      } else await this.reauthenticate(tx, session, row, client);
    });
  }

  private async link(
    tx: UnitOfWorkTransaction,
    row: HandoversTable,
    client: Client,
  ): Promise<void> {
    const { user_id: userId, provider } = row;
    const { issuer, profile } = answerIn(row);
    const source = { provider, issuer };
    const isNew = await this.identities.link(tx, userId, source, profile, client);
    if (!isNew) return;
    const { subject } = profile;
    await this.activity.record(tx, { userId, event: 'identity_linked', provider, subject, client });
  }

  private async reauthenticate(
    tx: UnitOfWorkTransaction,
    session: SignedInSession,
    row: HandoversTable,
    client: Client,
  ): Promise<void> {
    const { user_id: userId, provider } = row;
    const { profile, ...proven } = answerIn(row);
    const { subject } = profile;
    const proof = { ...proven, subject };
    const owner = await lockOwner(tx, proof);
    if (owner?.id !== userId) throw new AppError('session_changed');
    await this.users.update(tx, owner, proof, profile);
    await this.starts.stepUpApp(tx, session, proof);
    const event = proof.assurance === 'none' ? 'reauthentication_failed' : 'reauthenticated';
    await this.activity.record(tx, { userId, event, provider, subject, client });
  }
}

function usedUp(): AppError {
  return new AppError('not_found', {
    detail: 'This address was opened before, or is too old. Begin again in the application.',
  });
}
