import { describe, expect, it } from '@jest/globals';
import { AppError, errorCodes, isErrorCode, messageOf, statusOf } from './app-error.js';
import { problemSchema, toProblem } from './problem.js';

/** The contract with front ends (docs/errors.md): a code may be added, none may go. */
const contract = [
  'invalid_state',
  'state_expired',
  'provider_mismatch',
  'session_changed',
  'access_denied',
  'invalid_id_token',
  'provider_error',
  'provider_timeout',
  'account_exists',
  'account_disabled',
  'identity_in_use',
  'last_identity',
  'reauth_required',
  'csrf_failed',
  'rate_limited',
  'store_unavailable',
  'not_ready',
  'internal_error',
  'unauthenticated',
  'not_found',
  'bad_request',
  'payload_too_large',
  'unsupported_media_type',
];

describe('error codes', () => {
  it('include every code of the contract', () => {
    expect(errorCodes).toEqual(expect.arrayContaining(contract));
  });

  it.each(errorCodes)('%s has an error status and a message', (code) => {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400);
    expect(statusOf(code)).toBeLessThan(600);
    expect(messageOf(code)).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['invalid_state', 400],
    ['access_denied', 403],
    ['invalid_id_token', 403],
    ['provider_error', 502],
    ['provider_timeout', 504],
    ['last_identity', 409],
    ['identity_in_use', 409],
    ['reauth_required', 403],
    ['csrf_failed', 403],
    ['rate_limited', 429],
    ['store_unavailable', 503],
    ['unauthenticated', 401],
  ] as const)('%s has status %d', (code, status) => {
    expect(new AppError(code).status).toBe(status);
  });

  it.each([['__proto__'], ['constructor'], ['toString'], ['INVALID_STATE'], [''], [null], [['x']]])(
    'do not include %j',
    (value) => {
      expect(isErrorCode(value)).toBe(false);
    },
  );
});

describe('toProblem', () => {
  it('contains the code, the message and the request id only', () => {
    const error = new AppError('provider_error', {
      cause: new Error('secret from below'),
      log: { reason: 'invalid_grant' },
    });
    expect(toProblem(error, 'request-1')).toEqual({
      type: 'about:blank',
      title: 'Bad Gateway',
      status: 502,
      code: 'provider_error',
      detail: messageOf('provider_error'),
      requestId: 'request-1',
    });
  });

  it('names the provider to sign in with only where the error does', () => {
    const named = new AppError('account_exists', { signInWith: 'google' });
    expect(toProblem(named, 'request-1')).toMatchObject({ signInWith: 'google' });
    const unnamed = new AppError('account_exists', { signInWith: null });
    expect(toProblem(unnamed, 'request-1')).not.toHaveProperty('signInWith');
  });

  it.each(errorCodes)('matches its schema for %s', (code) => {
    expect(problemSchema.safeParse(toProblem(new AppError(code), 'request-1')).success).toBe(true);
  });
});
