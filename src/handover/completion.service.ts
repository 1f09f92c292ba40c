import { Inject, Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import { hashToken } from '../common/hash-token.js';
import type { Client } from '../common/http/client.js';
import { CONFIG, type Config } from '../config/config.js';
import { isActive } from '../config/issuers.js';
import { lockOwner, lockUser } from '../database/lock-user.js';
import type { HandoversTable } from '../database/session-tables.js';
import { UnitOfWork, type UnitOfWorkTransaction } from '../database/unit-of-work.js';
import { SessionStarts } from '../sessions/session-starts.service.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountLimits } from '../users/account-limits.js';
import { IdentitiesService } from '../users/identities.service.js';
import { StepUpService } from '../users/step-up.service.js';
import { UsersService } from '../users/users.service.js';
import { answerIn } from './asked-answer.js';
import { isOfTarget } from './asked.service.js';
import { isVerifier } from './exchange.service.js';
import type { Completion } from './exchange.schema.js';
import { HandoversRepository } from './handovers.repository.js';

/** Lets what a browser has brought back take effect, by the session of the application. */
@Injectable()
export class CompletionService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
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
   * Connects the identity that a browser has brought back, or steps the session up with it.
   *
   * @throws AppError `invalid_grant` for a code that is not what this session has asked for, or its user's to connect;
   *   `session_changed` when the session has ended meanwhile, or another account was chosen for a step-up; `rate_limited`;
   *   as `IdentitiesService.link`
   */
  async complete(session: SignedInSession, given: Completion, client: Client): Promise<void> {
    const { userId, publicId } = session;
    const asked = {
      code_hash: hashToken(given.code),
      challenge: hashToken(given.codeVerifier),
      session_id: publicId,
      user_id: userId,
    };
    // What was asked for has been counted then.
    const waiting = await this.rows.pendingLinkOf(asked);
    if (waiting !== undefined && isOfTarget(this.config, session, waiting.target)) {
      await this.stepUp.require(session, 'connect');
      await this.limits.connect(session);
    }
    await this.unitOfWork.run(async (tx) => {
      await lockUser(tx, userId);
      const row = await this.rows.takeAsked(tx, asked);
      const isTheirs = row !== undefined && isOfTarget(this.config, session, row.target);
      if (!isTheirs || !isVerifier(given.codeVerifier, row)) {
        throw refused('not asked for by this session');
      }
      const { provider } = row;
      if (!isActive(this.config, { provider, issuer: answerIn(row).issuer })) {
        throw refused('issuer not configured');
      }
      await this.sessions.assertActive(tx, session, 'session_changed');
      if (row.kind === 'reauthenticate') await this.reauthenticate(tx, session, row, client);
      else {
        // What was recent when it was asked for may have become older on the way.
        const takenMs = row.kind === 'link' ? this.config.attemptSeconds * 1000 : 0;
        await this.stepUp.require(session, 'connect', tx, takenMs);
        await this.link(tx, row, client);
      }
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
    const how = row.kind === 'pending-link' ? ({ via: 'pending_link' } as const) : {};
    const isNew = await this.identities.link(tx, userId, source, profile, client, how.via);
    if (!isNew) return;
    const linked = { userId, event: 'identity_linked', provider, ...how } as const;
    await this.activity.record(tx, { ...linked, subject: profile.subject, client });
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
    if (owner?.id !== userId) {
      throw new AppError('session_changed', {
        detail:
          'Another account was chosen at the provider than one that this user has connected. Begin again, and choose that.',
        log: { reason: 'another identity' },
      });
    }
    await this.users.update(tx, owner, proof, profile);
    await this.starts.stepUpApp(tx, session, proof);
    const event = proof.assurance === 'none' ? 'reauthentication_failed' : 'reauthenticated';
    await this.activity.record(tx, { userId, event, provider, subject, client });
  }
}

function refused(reason: string): AppError {
  return new AppError('invalid_grant', { log: { reason } });
}
