import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { messageOf } from '../../common/errors/app-error.js';
import { ProviderFailure } from './provider-failure.js';

const exchange = { provider: 'google', step: 'token' } as const;
const x = (...codes: number[]) => JSON.stringify({ errors: codes.map((code) => ({ code })) });
const graph = (error: object) => JSON.stringify({ error: { type: 'OAuthException', ...error } });
const named = (name: string) => Object.assign(new Error('it broke'), { name });

describe('a response other than 2xx', () => {
  it.each([
    ['{"error":"invalid_grant","error_description":"Bad Request"}', 'invalid_grant'],
    ['{ "error" : "redirect_uri_mismatch" }', 'redirect_uri_mismatch'],
    ['{"errors":[{"code":89,"message":"Invalid or expired token."}]}', '89'],
    ['<errors><error code="415">Callback URL not approved</error></errors>', '415'],
    ['{"error":{"message":"Error validating","type":"OAuthException","code":190}}', '190'],
  ])('keeps the code of %s', (body, reason) => {
    const failure = ProviderFailure.answered(exchange, 400, body);
    expect(failure.log).toEqual({ ...exchange, providerStatus: 400, reason });
  });

  it.each([
    [''],
    ['<html>503</html>'],
    ['{"error":"hunter2"}'],
    ['{"code":"hunter2"}'],
    ['{"error":"invalid_grant_hunter2"}'],
    ['{"code":12345678}'.replace('12345678', '"4/0Ahunter2"')],
  ])('keeps nothing of %j', (body) => {
    const failure = ProviderFailure.answered(exchange, 500, body);
    expect(failure.log).toEqual({ ...exchange, providerStatus: 500 });
  });

  it('drops the provider’s message, which may echo what was sent', () => {
    const body = JSON.stringify({
      error: 'invalid_grant',
      error_description: 'code 4/0Ahunter2 of client_secret hunter2 was used',
      code: 'hunter2',
    });
    const failure = ProviderFailure.answered(exchange, 400, body);
    expect(inspect(failure, { depth: 10 })).not.toContain('hunter2');
    expect(failure.message).toBe(messageOf('provider_error'));
  });

  it('is a provider_error with the provider’s status', () => {
    const failure = ProviderFailure.answered(exchange, 429, '');
    expect([failure.code, failure.answeredStatus]).toEqual(['provider_error', 429]);
  });
});

describe('a response about the person’s account', () => {
  it.each([
    ['twitter', 'profile', x(50), '50'],
    ['twitter', 'profile', x(63), '63'],
    ['twitter', 'profile', x(64), '64'],
    ['twitter', 'token', x(326), '326'],
    ['twitter', 'profile', x(453, 64), '64'],
    ['facebook', 'profile', graph({ code: 190, error_subcode: 459 }), '459'],
    ['facebook', 'token', graph({ error_subcode: 464, code: 190 }), '464'],
  ] as const)('is access_denied: %s’s %s answers %s', (provider, step, body, reason) => {
    const failure = ProviderFailure.answered({ provider, step }, 403, body);
    expect(failure.code).toBe('access_denied');
    expect(failure.log).toEqual({ provider, step, providerStatus: 403, reason });
  });

  it.each([
    ['twitter', 'request_token', x(64)],
    ['twitter', 'profile', x(453)],
    ['twitter', 'profile', x(640)],
    ['facebook', 'profile', graph({ code: 64 })],
    ['facebook', 'profile', graph({ code: 190, error_subcode: 460 })],
    ['google', 'token', x(64)],
  ] as const)('is none otherwise: %s’s %s answers %s', (provider, step, body) => {
    const failure = ProviderFailure.answered({ provider, step }, 403, body);
    expect(failure.code).toBe('provider_error');
  });
});

describe('a 2xx response without the document', () => {
  it('keeps the code of a refusal', () => {
    const failure = ProviderFailure.unusable(exchange, '{"error":"invalid_grant"}');
    expect(failure.log).toEqual({ ...exchange, providerStatus: 200, reason: 'invalid_grant' });
  });

  it('is malformed otherwise', () => {
    const failure = ProviderFailure.unusable(exchange, '{"error":"hunter2"}');
    expect([failure.answeredStatus, failure.log]).toEqual([
      null,
      { ...exchange, reason: 'malformed' },
    ]);
  });
});

describe('no response', () => {
  it.each([
    ['TimeoutError', 'provider_timeout', 'timeout'],
    ['ConnectTimeoutError', 'provider_timeout', 'timeout'],
    ['HeadersTimeoutError', 'provider_timeout', 'timeout'],
    ['BodyTimeoutError', 'provider_timeout', 'timeout'],
    ['ResponseExceededMaxSizeError', 'provider_error', 'unreachable'],
    ['SocketError', 'provider_error', 'unreachable'],
    ['Error', 'provider_error', 'unreachable'],
  ])('because of %s', (name, code, reason) => {
    const failure = ProviderFailure.unreachable(exchange, named(name));
    expect(failure.code).toBe(code);
    expect(failure.log).toEqual({ ...exchange, reason });
    expect(failure.answeredStatus).toBeNull();
  });

  it('differs from a malformed response', () => {
    const failure = ProviderFailure.malformed(exchange);
    expect([failure.code, failure.answeredStatus]).toEqual(['provider_error', null]);
    expect(failure.log).toEqual({ ...exchange, reason: 'malformed' });
  });
});
