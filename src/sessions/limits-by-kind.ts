import type { Request } from 'express';
import { addressKey } from '../common/http/address-key.js';
import { clientIpOf } from '../common/http/client-ip.js';
import type { Config } from '../config/config.js';
import type { RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import type { RecentStepUps } from './recent-step-ups.js';
import type { RequestKind } from './request-kind.js';
import { PER_ADDRESS } from './server-limits.js';
import { UserLimit } from './user-limit.js';

/** By whom a kind of request is counted, where somebody is signed in. */
export interface KindLimits {
  readonly session: RateLimit;
  /** Whether a session counts at each address apart: whoever has copied its cookie, and is elsewhere, uses up nothing of the browser's. */
  readonly isApart: boolean;
  readonly address: RateLimit;
  /** Null for what is not counted by user. */
  readonly user: UserLimit | null;
}

export function limitsByKind(
  limits: RateLimits,
  stepUps: RecentStepUps,
  { all, signIn }: Config['rateLimits'],
): Record<RequestKind | 'sign-in', KindLimits> {
  const limitsOf = (name: string, perMinute: number) => ({
    session: limits.create(`${name} per session`, { max: perMinute }),
    address: limits.createForAddresses(`${name} per address`, { max: perMinute * PER_ADDRESS }),
  });
  const byUser = (name: string, refusal: 'rate_limited' | 'reauth_required') => ({
    ...limitsOf(name, all),
    isApart: false,
    user: new UserLimit(limits, stepUps, name, all, refusal),
  });
  // Nobody else, elsewhere, must use up what it takes to step up or to sign out.
  const apart = (name: string, perMinute: number) => ({
    ...limitsOf(name, perMinute),
    isApart: true,
    user: null,
  });
  return {
    any: byUser('all', 'rate_limited'),
    // Counted apart: whoever else is signed in to the account must not use up what it takes to throw them out.
    ending: byUser('ending', 'reauth_required'),
    'sign-out': apart('sign-out', all),
    'step-up': apart('step-up', all),
    'sign-in': apart('sign-in', signIn),
  };
}

/** What a session is counted by at the address that a request comes from. */
export function sessionAtAddress(key: string, request: Request): string {
  return `${key} ${addressKey(clientIpOf(request))}`;
}
