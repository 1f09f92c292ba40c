import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { type Config, CONFIG } from '../config/config.js';
import { canProve, isActive } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import type { IdentitiesTable } from '../database/schema.js';
import type { SessionProofsTable } from '../database/session-tables.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';
import { counts, isElder, settlesAt } from '../sessions/settling.js';
import type { ShownIdentity, SignedInSession } from '../sessions/signed-in-session.js';
import { latestProof, type LatestProof } from './latest-proof.js';
import {
  decideStepUp,
  recentUntil,
  type StepUpAction,
  type StepUpFacts,
  type StepUpIdentity,
  steppedUpUntil,
} from './step-up.js';
import { UsersRepository } from './users.repository.js';

/** What a session may do, and what its user should hear of. Times are milliseconds since 1970. */
export interface Standing {
  /** Until when providers can be connected; it may have passed. */
  recentUntil: number | null;
  /** Until when providers can be disconnected, and the account exported or deleted; it may have passed. */
  steppedUpUntil: number | null;
  /** Identities that have been connected lately, where an older one has proven this session. */
  newIdentities: IdentitiesTable[];
}

/** What a session is to do, or which identity it is to disconnect. */
export type StepUpFor =
  Exclude<StepUpAction['kind'], 'disconnect'> | Pick<IdentitiesTable, 'issuer'>;

/** Holds what a session has proven against what its user wants to do. */
@Injectable()
export class StepUpService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly proofs: ProofsRepository,
    private readonly rows: UsersRepository,
  ) {}

  /**
   * Requires that a session has proven enough.
   *
   * @param what what is to be done; the identity itself where it is to be disconnected
   * @param toleranceMs how much longer ago may be recent, for what was allowed when it began
   * @throws as `ProofsRepository.heldBy`; AppError `reauth_required`, which names where to go; `identity_too_new`, which says from when on
   */
  async require(
    session: SignedInSession,
    what: StepUpFor,
    db?: Queryable,
    toleranceMs = 0,
  ): Promise<void> {
    const [rows, proofs] = await Promise.all([
      this.rows.identitiesOf(session.userId, db),
      this.proofs.heldBy(session, db),
    ]);
    const facts = this.facts(session, rows, proofs, toleranceMs);
    const decision = decideStepUp(facts, actionOf(what, facts.identities));
    if (decision.action === 'allow') return;
    const { href } = this.config.publicUrl;
    const { provider } = decision;
    const stepUpUrl = provider === null ? null : `${href}/auth/${provider}?prompt=login`;
    if (decision.action === 'wait') {
      const where = stepUpUrl === null ? {} : { reauthUrl: stepUpUrl };
      throw new AppError('identity_too_new', { availableFrom: decision.from, ...where });
    }
    throw new AppError('reauth_required', {
      reauthUrl: stepUpUrl ?? this.errorUrl(),
      ...(decision.canProve && {
        detail:
          'Sign in again to confirm that it is you, then repeat this. Where the provider does not ask who you are, sign out there first.',
      }),
    });
  }

  /** Where the person is told, when no provider can answer. */
  private errorUrl(): string {
    const { publicUrl, signInErrorUrl } = this.config;
    const url = new URL(signInErrorUrl, publicUrl.origin);
    url.searchParams.set('error', 'reauth_required');
    return url.href;
  }

  /** What a session may do now. */
  async standingOf(session: SignedInSession): Promise<Standing> {
    const proofs = await this.proofs.of(session);
    const facts = this.facts(session, session.identities, proofs);
    const settled = settledIn(facts);
    return {
      recentUntil: recentUntil(facts, settled),
      steppedUpUntil: steppedUpUntil(facts, settled),
      newIdentities: await this.newIdentities(session, facts),
    };
  }

  /** The latest proof in a session by identities that count; null without one. */
  async latestProofOf(session: SignedInSession): Promise<LatestProof | null> {
    const asked = await this.proofs.askedOf(session);
    if (asked.length === 0) return null;
    const facts = this.facts(session, session.identities, []);
    return latestProof(asked, settledIn(facts), facts.now);
  }

  /** As `Standing.newIdentities`. For most sessions it asks the database nothing. */
  async newIdentitiesOf(session: SignedInSession): Promise<IdentitiesTable[]> {
    const withoutProofs = this.facts(session, session.identities, []);
    const isUnsettled = (identity: StepUpIdentity) =>
      settlesAt(withoutProofs, identity, null) !== null;
    if (!withoutProofs.identities.some(isUnsettled)) return [];
    const proofs = await this.proofs.of(session);
    return this.newIdentities(session, { ...withoutProofs, proofs });
  }

  private async newIdentities(
    session: SignedInSession,
    facts: StepUpFacts,
  ): Promise<IdentitiesTable[]> {
    const proven = facts.identities.filter((identity) =>
      facts.proofs.some(
        ({ issuer, subject }) => issuer === identity.issuer && subject === identity.subject,
      ),
    );
    const news = session.identities.filter((shown, index) => {
      const identity = facts.identities[index];
      return (
        shown.acknowledged_at === null &&
        identity !== undefined &&
        settlesAt(facts, identity, null) !== null &&
        proven.some((other) => isElder(facts, other, identity))
      );
    });
    if (news.length === 0) return [];
    const issuers = new Set(news.map(({ issuer }) => issuer));
    return (await this.rows.identitiesOf(session.userId)).filter(({ issuer }) =>
      issuers.has(issuer),
    );
  }

  private facts(
    session: SignedInSession,
    identities: readonly ShownIdentity[],
    proofs: SessionProofsTable[],
    toleranceMs = 0,
  ): StepUpFacts {
    const { recentSignInSeconds, recentSignInAssurance, identitySettleSeconds } =
      this.config.sessions;
    return {
      now: Date.now(),
      recentMs: recentSignInSeconds * 1000 + toleranceMs,
      settleMs: identitySettleSeconds * 1000,
      assurance: recentSignInAssurance,
      session,
      identities: identities.map((identity) => ({
        ...identity,
        isActive: isActive(this.config, identity),
        canProve: canProve(this.config, identity),
      })),
      proofs,
    };
  }
}

/** The identities that count. */
function settledIn(facts: StepUpFacts): StepUpIdentity[] {
  return facts.identities.filter((identity) => counts(facts, identity));
}

function actionOf(what: StepUpFor, identities: readonly StepUpIdentity[]): StepUpAction {
  if (typeof what === 'string') return { kind: what };
  const target = identities.find(({ issuer }) => issuer === what.issuer);
  if (target === undefined) throw new AppError('not_found');
  return { kind: 'disconnect', target };
}
