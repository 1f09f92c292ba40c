import { Inject, Injectable } from '@nestjs/common';
import { CLOCK_SKEW_MS } from '../common/clock-skew.js';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { isActive } from '../config/issuers.js';
import { ProofsRepository } from './proofs.repository.js';
import { counts } from './settling.js';
import type { ShownIdentity, SignedInSession } from './signed-in-session.js';

/** Whether a session has stepped up just now with an identity that counts, which a copied cookie cannot. */
@Injectable()
export class RecentStepUps {
  private readonly settleMs: number;
  private readonly recentMs: number;

  constructor(
    private readonly proofs: ProofsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.settleMs = config.sessions.identitySettleSeconds * 1000;
    this.recentMs = config.sessions.recentSignInSeconds * 1000;
  }

  /** The issuer of the identity that has stepped up just now; null without one. */
  async steppedUpBy(session: SignedInSession): Promise<string | null> {
    const now = Date.now();
    const counting = this.countingOf(session);
    const asked = await this.proofs.askedOf(session);
    const recent = asked.find(
      ({ issuer, asked_at: at }) =>
        at !== null &&
        at <= now + CLOCK_SKEW_MS &&
        now < at + this.recentMs &&
        counting.some((each) => each.issuer === issuer),
    );
    return recent?.issuer ?? null;
  }

  /**
   * Counts what is counted only for who has not stepped up.
   *
   * @throws AppError `reauth_required`, or `rate_limited` where a step-up would not help
   */
  async countUnlessSteppedUp(
    session: SignedInSession,
    count: () => Promise<void> | undefined,
  ): Promise<void> {
    if ((await this.steppedUpBy(session)) !== null) return;
    try {
      await count();
    } catch (error) {
      throw this.refusalOf(session, error, 'reauth_required');
    }
  }

  /** The identity that a session is shown with, where it counts. */
  ownOf(session: SignedInSession): ShownIdentity | undefined {
    return this.countingOf(session).find(({ issuer }) => issuer === session.issuer);
  }

  /**
   * What to answer to a session that has used up what others may have used up for it: where to step up, if that helps.
   *
   * @param code `reauth_required` where nothing else is to be done; `rate_limited` where waiting is
   */
  refusalOf(
    session: SignedInSession,
    cause: unknown,
    code: 'reauth_required' | 'rate_limited',
  ): unknown {
    const identity = this.ownOf(session) ?? this.countingOf(session)[0];
    if (identity === undefined || !(cause instanceof AppError)) return cause;
    const reauthUrl = `${this.config.publicUrl.href}/auth/${identity.provider}?prompt=login`;
    const { log, retryAfter } = cause;
    const wait = code === 'rate_limited' && retryAfter !== null && { retryAfter };
    return new AppError(code, { reauthUrl, log, cause, ...wait });
  }

  private countingOf({ identities: shown }: SignedInSession): ShownIdentity[] {
    const identities = shown.map((identity) => ({
      ...identity,
      isActive: isActive(this.config, identity),
    }));
    const facts = { now: Date.now(), settleMs: this.settleMs, identities };
    return identities.filter((identity) => counts(facts, identity));
  }
}
