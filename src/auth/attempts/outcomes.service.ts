import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { createSeal, type Seal } from '../../common/seal.js';
import { allowedReturnTo, CONFIG, type Config, providersMs } from '../../config/config.js';
import type { Queryable } from '../../database/database.js';
import { type StartedSession, SessionStarts } from '../../sessions/session-starts.service.js';
import { SessionsRepository } from '../../sessions/sessions.repository.js';
import { Redirected } from '../redirected.js';
import type { FoundAttempt } from './attempt.js';
import { ClaimsRepository } from './claims.repository.js';

/** How long an outcome is kept, and the attempt's cookie by which it is asked for. */
export const OUTCOME_MS = 60_000;

/** How often the store is asked whether the first delivery has been answered. */
const POLL_MS = 100;

const outcomeSchema = z.object({
  location: z.string(),
  /** The secret id of the session that the browser has since; null where that is as it was. */
  token: z.string().nullable(),
  /** The `Set-Cookie` lines beside the session's own and the attempt's. */
  cookies: z.array(z.string()),
});

type Outcome = z.infer<typeof outcomeSchema>;

/**
 * How attempts ended, for a minute: browsers deliver a callback again, by a reload, or since they gave up on the first
 * answer. A session's secret id is among it, so it is sealed under a key that only the attempt's cookie has.
 */
@Injectable()
export class OutcomesService {
  private readonly waitMs: number;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly claims: ClaimsRepository,
    private readonly starts: SessionStarts,
    private readonly sessions: SessionsRepository,
  ) {
    this.waitMs = providersMs(config);
  }

  /** Keeps where an attempt has sent the browser, in the transaction that has begun or renewed its session. */
  async keep(
    { id, cookie }: FoundAttempt,
    { location, cookies = [] }: { location: string; cookies?: string[] },
    begun: StartedSession | null,
    db?: Queryable,
  ): Promise<void> {
    const outcome = sealOf(cookie).close({ location, cookies, token: begun?.token ?? null });
    await this.claims.end(
      {
        attempt_id: id,
        outcome,
        outcome_until: Date.now() + OUTCOME_MS,
        session_id: begun?.sessionId ?? null,
      },
      db,
    );
  }

  /** Lets a second delivery know that there is nothing to wait for. */
  async keepNone({ id }: FoundAttempt): Promise<void> {
    await this.claims.end({ attempt_id: id, outcome: null, outcome_until: 0, session_id: null });
  }

  /**
   * Answers a callback whose attempt is finished already, once that is answered: the browser that has the attempt's
   * cookie gets the outcome again, with its session.
   *
   * @throws Redirected; returns when there is nothing to repeat
   */
  async repeat(request: Request, { id, cookie }: FoundAttempt): Promise<void> {
    const until = Date.now() + this.waitMs;
    let claim = await this.claims.find(id);
    while (claim?.outcome_until === null && Date.now() < until) {
      await sleep(POLL_MS);
      claim = await this.claims.find(id);
    }
    if (!claim?.outcome || (claim.outcome_until ?? 0) < Date.now()) return;
    const outcome = sealOf(cookie).open(claim.outcome);
    if (outcome === null) return;
    const { token } = outcome;
    // Read again: the first delivery may have renewed or ended the session that this one came with.
    const signedIn = await this.starts.currentOf(request);
    const isResumed =
      token === null ||
      // Whoever is signed in since stays so, under the newest secret id.
      (signedIn
        ? signedIn.publicId === claim.session_id
        : await this.starts.resume(request, token));
    if (isResumed) throw new Redirected('repeated', outcome.location, outcome.cookies);
  }

  /**
   * Sends the session that an attempt has begun to where that has sent it, however long ago, if it may still go there.
   *
   * @throws Redirected; returns when it is another session, or none
   */
  async repeatInSession({ signedIn }: Request, attemptId: string): Promise<void> {
    if (!signedIn) return;
    const location = await this.sessions.returnToOf(signedIn.publicId, attemptId);
    if (location === undefined) return;
    const isAllowed = allowedReturnTo(location, this.config) !== null;
    throw new Redirected('repeated', isAllowed ? location : this.config.defaultReturnTo);
  }
}

/** The `Set-Cookie` lines of an answer, but for the attempt's. */
export function cookiesBeside({ cookieName }: FoundAttempt, response: Response): string[] {
  const lines = [response.getHeader('Set-Cookie') ?? []].flat().map(String);
  return lines.filter((line) => !line.startsWith(`${cookieName}=`));
}

function sealOf(cookie: string): Seal<Outcome> {
  return createSeal([cookie], 'outcome', outcomeSchema);
}
