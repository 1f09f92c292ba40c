import type { Request } from 'express';
import { toCallback } from '../../common/to-callback.js';
import { AppError } from '../../common/errors/app-error.js';
import { randomToken } from '../../common/random.js';
import { attemptOf, startOf } from '../sign-in-context.js';
import type { FoundAttempt } from './attempt.js';
import type { AttemptsService } from './attempts.service.js';

/**
 * State stores for the passport strategies, which decide by the number of a function's parameters what to pass to it
 * (passport-oauth2 and passport-oauth1, lib/strategy.js).
 */

type Done<T extends unknown[]> = (error: Error | null, ...results: T) => void;

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
      toCallback(
        begin(attempts, request, state, verifier).then(() => state),
        done,
      );
    },
    verify(request: Request, state: string, _meta: unknown, done: Done<[string | false]>) {
      const attempt = finishedAttempt(request, state);
      done(null, attempt === null ? false : attempt.verifierOrSecret);
    },
  };
}

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
      toCallback(begin(attempts, request, token, secret), done);
    },
    get(request: Request, token: string, done: Done<[string?]>) {
      done(null, finishedAttempt(request, token)?.verifierOrSecret);
    },
    destroy(_request: Request, _token: string, done: Done<[]>) {
      done(null);
    },
  };
}

async function begin(
  attempts: AttemptsService,
  request: Request,
  stateOrToken: string,
  verifierOrSecret: string,
): Promise<void> {
  const { res: response } = request;
  if (response === undefined) throw new AppError('internal_error');
  attempts.begin(request, response, {
    ...startOf(request).intent,
    stateOrToken,
    verifierOrSecret,
    startedAt: Date.now(),
  });
}

function finishedAttempt(request: Request, stateOrToken: string): FoundAttempt | null {
  const attempt = attemptOf(request);
  return attempt.stateOrToken === stateOrToken ? attempt : null;
}
