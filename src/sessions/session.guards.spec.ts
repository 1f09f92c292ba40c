import type { ExecutionContext } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { AppError } from '../common/errors/app-error.js';
import { loadConfig } from '../config/load-config.js';
import { RecentSignInGuard } from './session.guards.js';
import type { SignedInSession } from './signed-in-session.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');

const config = loadConfig({
  NODE_ENV: 'test',
  PUBLIC_URL: 'https://id.example/auth-service',
  SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
  TWITTER_CLIENT_ID: 'twitter-client',
  TWITTER_CLIENT_SECRET: 'twitter-secret',
  RECENT_SIGN_IN_SECONDS: '60',
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** Lets a session that was proven so many milliseconds ago ask for passage. */
function passes(age: number, session: Partial<SignedInSession> = {}): boolean {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  const signedIn = { provider: 'twitter', createdAt: NOW - age, authenticatedAt: NOW - age };
  const request = { signedIn: { ...signedIn, ...session } };
  return guardOf(request);
}

function guardOf(request: object): boolean {
  const context = { switchToHttp: () => ({ getRequest: () => request }) };
  return new RecentSignInGuard(config).canActivate(context as unknown as ExecutionContext);
}

/** What the guard throws. */
function refusalOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The guard let it pass.');
}

describe('RecentSignInGuard', () => {
  it.each([0, 1, 59_999, 60_000])('lets pass who signed in %d ms ago', (age) => {
    expect(passes(age)).toBe(true);
  });

  it.each([60_001, 61_000, 3_600_000, NOW])('stops who signed in %d ms ago', (age) => {
    const { code, status } = refusalOf(() => passes(age));
    expect([code, status]).toEqual(['reauth_required', 403]);
  });

  it('looks at when the person proved who they are, not at how old the session is', () => {
    expect(passes(0, { createdAt: 0 })).toBe(true);
    expect(refusalOf(() => passes(0, { authenticatedAt: 0 })).code).toBe('reauth_required');
  });

  it('says where to go, under the public URL and with the session’s provider', () => {
    expect(refusalOf(() => passes(60_001)).reauthUrl).toBe(
      'https://id.example/auth-service/auth/twitter?prompt=login',
    );
  });

  it('stops a visitor as one', () => {
    expect(refusalOf(() => guardOf({ signedIn: null })).code).toBe('unauthenticated');
  });
});
