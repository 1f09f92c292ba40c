import type { Request } from 'express';
import { deliver } from '../../common/deliver.js';
import { AppError } from '../../common/errors/app-error.js';
import { randomToken } from '../../common/random.js';
import type { Attempt } from './attempt.js';
import type { AttemptsService } from './attempts.service.js';

/*
 * The seams through which the passport strategies keep what has to survive the trip to the provider. They count the
 * arguments of these functions to know what to pass (passport-oauth2 and passport-oauth1, lib/strategy.js).
 */

type Done<T extends unknown[]> = (error: Error | null, ...results: T) => void;

/** passport-oauth2's `store`: keeps the state and the PKCE verifier in an attempt. */
export function oauth2StateStore(attempts: AttemptsService) {
  return {
    store(
      request: Request,
      verifier: string,
      _state: unknown,
      _meta: unknown,
      done: Done<[string?]>,
    ) {
      const state = randomToken(32);
      deliver(
        begin(attempts, request, state, verifier).then(() => state),
        done,
      );
    },
    verify(request: Request, state: string, _meta: unknown, done: Done<[string | false]>) {
      const attempt = finishedAttempt(request, state);
      done(null, attempt === null ? false : attempt.secret);
    },
  };
}

/** passport-oauth1's `requestTokenStore`: keeps the request token and its secret in an attempt. */
export function oauth1TokenStore(attempts: AttemptsService) {
  return {
    set(
      request: Request,
      token: string,
      secret: string,
      _state: unknown,
      _meta: unknown,
      done: Done<[]>,
    ) {
      deliver(begin(attempts, request, token, secret), done);
    },
    get(request: Request, token: string, done: Done<[string?]>) {
      done(null, finishedAttempt(request, token)?.secret);
    },
    destroy(_request: Request, _token: string, done: Done<[]>) {
      done(null);
    },
  };
}

async function begin(
  attempts: AttemptsService,
  request: Request,
  handle: string,
  secret: string,
): Promise<void> {
  const { signIn, res: response } = request;
  if (signIn?.step !== 'start' || response === undefined) throw new AppError('internal_error');
  attempts.begin(request, response, {
    ...signIn.intent,
    handle,
    secret,
    startedAt: Date.now(),
  });
}

/** The attempt that the callback's guard has finished, if it is the one that the strategy means. */
function finishedAttempt(request: Request, handle: string): Attempt | null {
  const { signIn } = request;
  return signIn?.step === 'callback' && signIn.attempt.handle === handle ? signIn.attempt : null;
}
