import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CLOCK_SKEW_MS } from '../../common/clock-skew.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ProviderId } from '../../common/provider-id.js';
import { CONFIG, type Config } from '../../config/config.js';
import { ownCookiesOf, STATE_HASH_LENGTH } from '../../sessions/own-cookies.js';
import { cookieFlags, cookieNames } from '../../sessions/session-cookie.js';
import { type Attempt, attemptSchema, type FoundAttempt } from './attempt.js';
import { attemptIdOf, ClaimsRepository } from './claims.repository.js';
import { OUTCOME_MS } from './outcomes.service.js';
import { createSeal, type Seal } from '../../common/seal.js';

/**
 * How many attempts one browser may have open, and how many bytes of them: enough for every tab in use, few enough for a
 * request's headers, at a proxy too.
 */
const MAX_OPEN = 5;
const MAX_OPEN_BYTES = 6144;

/** Surplus attempts cleared per response: normally there is one at most. */
const MAX_CLEARED = 20;

/** What follows the hash of the state in a cookie's name: the start, milliseconds since 1970. */
const START = /^-([\da-z]{8})$/;

/**
 * How much longer the cookie lives than the attempt, so that a late callback gets `state_expired` rather than
 * `invalid_state`.
 */
const GRACE_SECONDS = 3600;

/**
 * Starts and finishes sign-in attempts. An attempt is bound to one browser (its cookie), one provider and one purpose
 * (both sealed inside), lives ATTEMPT_SECONDS, and can be finished once (a claim in the store).
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
    this.cookiePrefix = cookieNames(config.publicUrl).attempt;
  }

  /** Stores a new attempt in the browser, and clears the oldest ones over the limit. */
  begin(request: Request, response: Response, attempt: Attempt): void {
    const name = `${this.keyOf(attempt.stateOrToken)}-${attempt.startedAt.toString(36)}`;
    const sealed = this.seal.close(attempt);
    this.makeRoom(request, response, name.length + sealed.length);
    response.cookie(name, sealed, {
      ...cookieFlags(this.config.publicUrl),
      maxAge: (this.config.attemptSeconds + GRACE_SECONDS) * 1000,
    });
  }

  /** The attempt of a callback, with its cookie; null when this browser has none. */
  find(request: Request, provider: ProviderId, stateOrToken: string): FoundAttempt | null {
    const [cookie] = ownCookiesOf(request).get(this.keyOf(stateOrToken)) ?? [];
    const attempt = cookie === undefined ? null : this.seal.open(cookie.value);
    if (cookie === undefined || attempt?.stateOrToken !== stateOrToken) return null;
    const id = attemptIdOf(provider, stateOrToken);
    return { ...attempt, id, cookieName: cookie.name, cookie: cookie.value };
  }

  /**
   * Finishes an attempt. It cannot be finished again; its cookie stays for as long as the outcome is kept.
   *
   * @throws AppError `provider_mismatch` when it was started at another provider, `store_unavailable` when it could not
   *   be claimed and can be retried
   */
  async claim(
    response: Response,
    provider: ProviderId,
    attempt: FoundAttempt,
  ): Promise<'first' | 'repeated' | 'expired'> {
    if (attempt.provider !== provider) throw new AppError('provider_mismatch');
    const now = Date.now();
    // A start to come is a clock's mistake, or forged: no claim is kept for longer.
    const expiresAt = Math.min(attempt.startedAt, now) + this.config.attemptSeconds * 1000;
    if (now > expiresAt) return 'expired';
    if (!(await this.claims.claim(attempt.id, expiresAt + CLOCK_SKEW_MS))) return 'repeated';
    // Changed only after the claim: if the store fails, the attempt stays in the browser and a reload continues it.
    response.cookie(attempt.cookieName, attempt.cookie, {
      ...cookieFlags(this.config.publicUrl),
      maxAge: OUTCOME_MS,
    });
    return 'first';
  }

  /** Takes an attempt that has expired from the browser. */
  drop(response: Response, { cookieName }: FoundAttempt): void {
    response.clearCookie(cookieName, cookieFlags(this.config.publicUrl));
  }

  /** Goes by names and sizes alone: a request that brings many cookies opens none of them. */
  private makeRoom(request: Request, response: Response, bytes: number): void {
    const newestFirst = [...ownCookiesOf(request)]
      .filter(([key]) => key.startsWith(this.cookiePrefix))
      .flatMap(([, cookies]) => cookies)
      .map(({ name, value }) => ({ name, size: name.length + value.length }))
      .toSorted((one, other) => this.startIn(other.name) - this.startIn(one.name));
    const surplus = new Set<string>();
    let [count, total] = [1, bytes];
    for (const { name, size } of newestFirst) {
      count += 1;
      total += size;
      if (count > MAX_OPEN || total > MAX_OPEN_BYTES) surplus.add(name);
    }
    for (const name of [...surplus].slice(-MAX_CLEARED)) {
      response.clearCookie(name, cookieFlags(this.config.publicUrl));
    }
  }

  /** When an attempt was started, by its cookie's name; before all others where that cannot be. */
  private startIn(name: string): number {
    const [, digits = '0'] =
      START.exec(name.slice(this.cookiePrefix.length + STATE_HASH_LENGTH)) ?? [];
    const startedAt = Number.parseInt(digits, 36);
    return startedAt > Date.now() + CLOCK_SKEW_MS ? 0 : startedAt;
  }

  /** The cookie's name without the start, which a callback does not tell. A hash does not expose `stateOrToken`. */
  private keyOf(stateOrToken: string): string {
    return (
      this.cookiePrefix + hash('sha256', stateOrToken, 'base64url').slice(0, STATE_HASH_LENGTH)
    );
  }
}
