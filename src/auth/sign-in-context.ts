import type { Request as HttpRequest } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { Attempt, AttemptIntent } from './attempts/attempt.js';

export interface SignInStart {
  intent: AttemptIntent;
  prompt: string | null;
  loginHint: string | null;
}

declare module 'express-serve-static-core' {
  interface Request {
    signInStart?: SignInStart;
    signInAttempt?: Attempt;
  }
}

/** The start that a request is. Throws where its guard has not run. */
export function startOf({ signInStart }: HttpRequest): SignInStart {
  if (signInStart === undefined) throw new AppError('internal_error');
  return signInStart;
}

/** The attempt that a callback has finished. Throws where its guard has not run. */
export function attemptOf({ signInAttempt }: HttpRequest): Attempt {
  if (signInAttempt === undefined) throw new AppError('internal_error');
  return signInAttempt;
}

/** What a request that has failed was for; null where it failed before that was known. */
export function intentOf({ signInStart, signInAttempt }: HttpRequest): AttemptIntent | null {
  return signInAttempt ?? signInStart?.intent ?? null;
}
