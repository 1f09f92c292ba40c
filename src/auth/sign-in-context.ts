import type { Request } from 'express';
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

/** @throws AppError `internal_error` where the start guard has not run */
export function startOf({ signInStart }: Request): SignInStart {
  if (signInStart === undefined) throw new AppError('internal_error');
  return signInStart;
}

/** @throws AppError `internal_error` where the callback guard has not run */
export function attemptOf({ signInAttempt }: Request): Attempt {
  if (signInAttempt === undefined) throw new AppError('internal_error');
  return signInAttempt;
}

/** The intent of a failed request; null when it failed before that was known. */
export function intentOf({ signInStart, signInAttempt }: Request): AttemptIntent | null {
  return signInAttempt ?? signInStart?.intent ?? null;
}
