import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { AppError } from '../../common/errors/app-error.js';
import type { ProviderId } from '../../common/provider-id.js';
import { CONFIG, type Config } from '../../config/config.js';
import { cookieFlags, cookieName } from '../../sessions/session-cookie.js';
import { type Attempt, attemptSchema } from './attempt.js';
import { ClaimsRepository } from './claims.repository.js';
import { createSeal, type Seal } from '../../common/seal.js';

/**
 * The beginning of each attempt's cookie name, before `cookieName` has given it its prefix: what follows tells the
 * attempts of one browser apart.
 */
export const ATTEMPT_COOKIE = 'latchkey-attempt-';

/** How many attempts one browser may have open: enough for every tab in use, few enough for a request's headers. */
const MAX_OPEN = 5;

/** How many of them one answer clears: browsers that are well have one too many. */
const MAX_CLEARED = 20;

/** What follows the prefix in the name of an attempt's cookie. */
const HASH = /^[\w-]{1,64}$/;

/** The cookie outlives the attempt by this much, so that a late answer is told that it is late. */
const GRACE_SECONDS = 3600;

/** Clocks of two instances may differ by this much before a claim could be forgotten too early. */
const CLOCK_SKEW_MS = 60_000;

/**
 * The one place that starts and finishes sign-in attempts. An attempt is bound to one browser (its cookie), one provider
 * and one purpose (sealed inside), lives ATTEMPT_SECONDS, and can be finished once (its claim in the store).
 */
@Injectable()
export class AttemptsService {
  private readonly seal: Seal<Attempt>;
  private readonly cookiePrefix: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly claims: ClaimsRepository,
  ) {
    this.seal = createSeal(config.secrets, 'attempt', attemptSchema);
    this.cookiePrefix = cookieName(ATTEMPT_COOKIE, config.publicUrl);
  }

  /** Leaves a new attempt with the browser; its oldest ones make room. */
  begin(request: Request, response: Response, attempt: Attempt): void {
    this.makeRoom(request, response);
    response.cookie(this.cookieFor(attempt.stateOrToken), this.seal.close(attempt), {
      ...cookieFlags(this.config.publicUrl),
      maxAge: (this.config.attemptSeconds + GRACE_SECONDS) * 1000,
    });
  }

  /**
   * Finishes the attempt that a provider's answer belongs to. From here on nothing can finish it again.
   *
   * @param stateOrToken the `state` or request token of the answer, as it came
   * @throws AppError `invalid_state` when this browser has no such attempt or it was finished already,
   *   `provider_mismatch` when it was started at another provider, `state_expired` when it is too old;
   *   `store_unavailable` when it could not be claimed: it can be finished later
   */
  async finish(
    request: Request,
    response: Response,
    provider: ProviderId,
    stateOrToken: string,
  ): Promise<Attempt> {
    const name = this.cookieFor(stateOrToken);
    const sealed = parse(request.headers.cookie ?? '')[name];
    const attempt = sealed === undefined ? null : this.seal.open(sealed);
    if (attempt === null || attempt.stateOrToken !== stateOrToken)
      throw new AppError('invalid_state');
    if (attempt.provider !== provider) throw new AppError('provider_mismatch');
    const expiresAt = attempt.startedAt + this.config.attemptSeconds * 1000;
    const isInTime = Date.now() <= expiresAt;
    const isFirst =
      isInTime &&
      (await this.claims.claim(`${provider} ${stateOrToken}`, expiresAt + CLOCK_SKEW_MS));
    // Only now: an attempt that the store could not claim stays with the browser, and loading the page again goes on.
    response.clearCookie(name, cookieFlags(this.config.publicUrl));
    if (!isInTime) throw new AppError('state_expired');
    if (!isFirst) throw new AppError('invalid_state');
    return attempt;
  }

  private makeRoom(request: Request, response: Response): void {
    const open = Object.entries(parse(request.headers.cookie ?? '')).filter(([name]) =>
      this.isOurs(name),
    );
    if (open.length < MAX_OPEN) return;
    const aged = open.map(([name, sealed]) => ({
      name,
      startedAt: this.seal.open(sealed ?? '')?.startedAt ?? 0,
    }));
    const surplus = aged
      .toSorted((one, other) => other.startedAt - one.startedAt)
      .slice(MAX_OPEN - 1, MAX_OPEN - 1 + MAX_CLEARED);
    for (const { name } of surplus) {
      response.clearCookie(name, cookieFlags(this.config.publicUrl));
    }
  }

  /** Anybody can send a cookie whose name only begins like ours, and not every name can be cleared. */
  private isOurs(name: string): boolean {
    return name.startsWith(this.cookiePrefix) && HASH.test(name.slice(this.cookiePrefix.length));
  }

  /** Named after its stateOrToken, which a hash keeps out of the name. */
  private cookieFor(stateOrToken: string): string {
    return this.cookiePrefix + hash('sha256', stateOrToken, 'base64url').slice(0, 22);
  }
}
