import type { Request } from 'express';
import { addressKey } from '../common/http/address-key.js';
import { clientIpOf } from '../common/http/client-ip.js';
import type { Config } from '../config/config.js';
import type { RateLimit, RateLimits } from '../rate-limits/rate-limits.js';
import type { RecentStepUps } from './recent-step-ups.js';
import type { RequestKind } from './request-kind.js';
import { PER_ADDRESS } from './server-limits.js';
import { UserLimit } from './user-limit.js';

/** By whom a kind of request is counted. */
export interface Limits {
  /** By address. */
  readonly visitor: RateLimit;
  readonly session: RateLimit;
  /** Whether a session counts at each address apart: whoever has copied its cookie, and is elsewhere, uses up nothing of the browser's. */
  readonly isApart: boolean;
  readonly address: RateLimit;
  /** By user; null for what is not counted so. */
  readonly user: UserLimit | null;
}

export function limitsByKind(
  limits: RateLimits,
  stepUps: RecentStepUps,
  { all, signIn }: Config['rateLimits'],
): Record<RequestKind | 'sign-in', Limits> {
  const any: Limits = {
    ...limitsOf(limits, 'all', all),
    user: new UserLimit(limits, stepUps, 'all', all, 'rate_limited'),
  };
  // Whoever is signed in to the account must not be able to use up what it takes to throw them out,
  const ending: Limits = {
    ...limitsOf(limits, 'ending', all),
    user: new UserLimit(limits, stepUps, 'ending', all, 'reauth_required'),
  };
  // nor what the person needs to sign out or step up.
  const apart = { user: null, isApart: true };
  return {
    any,
    ending,
    own: { ...ending, ...apart },
    'step-up': { ...any, ...apart },
    'sign-in': { ...limitsOf(limits, 'sign-in', signIn), ...apart },
  };
}

function limitsOf(limits: RateLimits, name: string, perMinute: number) {
  const max = { max: perMinute };
  return {
    visitor: limits.createForAddresses(name, max),
    session: limits.create(`${name} per session`, max),
    isApart: false,
    address: limits.createForAddresses(`${name} per address`, { max: perMinute * PER_ADDRESS }),
  };
}

/** What a session is counted by at the address that a request comes from. */
export function sessionAtAddress(key: string, request: Request): string {
  return `${key} ${addressKey(clientIpOf(request))}`;
}
