import type { Request as HttpRequest } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { StartAnswer } from './browser-request.js';
import type { AttemptIntent, FoundAttempt } from './attempts/attempt.js';
import type { IdentitySource } from '../config/issuers.js';
import type { Handover } from '../handover/handover.js';
import type { ProviderId } from '../common/provider-id.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { Proof } from '../sessions/proofs.repository.js';

/** The result of a strategy: an identity verified by the provider, with its raw profile. */
export interface VerifiedIdentity {
  provider: ProviderId;
  profile: unknown;
  /** When the person authenticated, as the provider has signed it, in milliseconds since 1970; null where it has not. */
  authTime: number | null;
}

/** An identity that a provider has verified, as it came, and what that proves. */
export interface Verified {
  source: IdentitySource;
  profile: SocialProfile;
  proof: Proof;
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- @types/passport can be extended in no other way
  namespace Express {
    // oxlint-disable-next-line typescript/no-empty-object-type -- declaration merging: this is what `request.user` is
    interface User extends VerifiedIdentity {}
  }
}

export interface SignInStart {
  intent: AttemptIntent;
  answer: StartAnswer;
  prompt: string | null;
  loginHint: string | null;
}

declare module 'express-serve-static-core' {
  interface Request {
    signInStart?: SignInStart;
    /** The attempt that a callback belongs to, whatever becomes of it; null where this browser has none. */
    foundAttempt?: FoundAttempt | null;
    signInAttempt?: FoundAttempt;
    /** Where the browser goes whose sign-in at another site or an app was refused, and can be connected there. */
    offeredAt?: string;
  }
}

/** The start that a request is. Throws where its guard has not run. */
export function startOf({ signInStart }: HttpRequest): SignInStart {
  if (signInStart === undefined) throw new AppError('internal_error');
  return signInStart;
}

/** The attempt that a callback has finished. Throws where its guard has not run. */
export function attemptOf({ signInAttempt }: HttpRequest): FoundAttempt {
  if (signInAttempt === undefined) throw new AppError('internal_error');
  return signInAttempt;
}

/** Where the sign-in that a request is about is handed over; null where it is this browser's. */
export function handoverOf({ signInStart, foundAttempt }: HttpRequest): Handover | null {
  return (foundAttempt ?? signInStart?.intent)?.handover ?? null;
}

/** What a request that has failed was for; null where it failed before that was known. */
export function intentOf({ signInStart, signInAttempt }: HttpRequest): AttemptIntent | null {
  return signInAttempt ?? signInStart?.intent ?? null;
}
