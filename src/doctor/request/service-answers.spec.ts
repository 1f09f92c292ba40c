import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load-config.js';
import type { Reply } from '../http.js';
import { checkCrossSite, checkLive, checkProviderList } from './service-answers.js';
import { checkStart } from './sign-in-start.js';

const config = loadConfig({
  PUBLIC_URL: 'https://example.com/id',
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'google-secret',
  SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
});
const { publicUrl } = config;

const reply = (
  status: number,
  body: unknown,
  headers: Record<string, string | string[]> = {},
): Reply => ({
  kind: 'answered',
  status,
  headers: { 'x-request-id': 'abcdefgh', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  sentAt: 0,
  answeredAt: 1,
});
const failed = (code: string): Reply => ({
  kind: 'failed',
  error: Object.assign(new Error(), { code }),
});

const to = (redirectUri: string) =>
  `https://accounts.google.com/auth?state=canary&redirect_uri=${encodeURIComponent(redirectUri)}`;
const start = (location: string, setCookie: string) =>
  checkStart(publicUrl, 'google', reply(302, '', { location, 'set-cookie': [setCookie] }));

describe('checkLive', () => {
  it.each<[string, Reply, string, RegExp]>([
    ['the service', reply(200, { status: 'ok' }), 'ok', /leads to the service/],
    ['no connection', failed('ECONNREFUSED'), 'broken', /cannot be connected/],
    ['no trust', failed('SELF_SIGNED_CERT_IN_CHAIN'), 'broken', /not trusted/],
    [
      'a redirect',
      reply(308, '', { location: '/id/health/live/?x=1' }),
      'broken',
      /to https:\/\/example\.com\/id\/health\/live\/:/,
    ],
    ['a redirect to nowhere', reply(302, ''), 'broken', /to nowhere/],
    [
      'a proxy without a service',
      reply(504, '<html>', { 'x-request-id': [] }),
      'broken',
      /does not reach/,
    ],
    ['a page', reply(200, '<html>'), 'broken', /Something other/],
    ['the prefix taken off', reply(404, { code: 'not_found' }), 'broken', /answers 404 to/],
  ])('%s', (_what, answer, status, message) => {
    expect(checkLive(publicUrl, answer)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('checkProviderList', () => {
  const google = { id: 'google', label: 'Google', startUrl: 'https://example.com/id/auth/google' };

  it.each<[string, Reply, string]>([
    ['the same', reply(200, [google]), 'ok'],
    ['none', reply(200, []), 'broken'],
    [
      'another address',
      reply(200, [{ ...google, startUrl: 'https://other.test/auth/google' }]),
      'broken',
    ],
    ['a page', reply(200, '<html>'), 'broken'],
    ['an error', reply(500, { code: 'internal_error' }), 'broken'],
    ['a limit', reply(429, { code: 'rate_limited' }), 'warning'],
  ])('%s', (_what, answer, status) => {
    expect(checkProviderList(config, answer)).toMatchObject({ status });
  });
});

describe('checkStart', () => {
  const callback = 'https://example.com/id/auth/google/callback';
  const cookie =
    '__Host-latchkey-43e813cf-attempt-abc=canary; Max-Age=9; Path=/; HttpOnly; Secure; SameSite=Lax';

  it('accepts the redirect and the cookie as they were sent', () => {
    const found = start(to(callback), cookie);
    expect(found.map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it.each([
    [
      'another redirect URI',
      to('http://example.com/id/auth/google/callback'),
      cookie,
      /a different redirect URI/,
    ],
    [
      'a redirect to itself',
      'https://example.com/auth?redirect_uri=x',
      cookie,
      /leads to https:\/\/example\.com/,
    ],
    [
      'a failed start',
      'https://example.com/id/?error=provider_timeout',
      cookie,
      /fails: provider_timeout/,
    ],
    ['a cookie that is not Secure', to(callback), cookie.replace(' Secure;', ''), /without Secure/],
    [
      'a cookie for another path',
      to(callback),
      cookie.replace('Path=/', 'Path=/id'),
      /without Path=\/\./,
    ],
    ['a cookie for other hosts', to(callback), `${cookie}; Domain=example.com`, /with a Domain/],
    ['a cookie of another name', to(callback), cookie.replace('-43e813cf', ''), /does not arrive/],
  ])('reports %s', (_what, location, setCookie, message) => {
    const complaints = start(location, setCookie).filter(({ status }) => status !== 'ok');
    expect(complaints).toEqual([
      expect.objectContaining({ status: 'broken', message: expect.stringMatching(message) }),
    ]);
  });

  it('does not expect X to show its redirect URI', () => {
    const answer = reply(302, '', {
      location: 'https://api.x.com/oauth?oauth_token=a',
      'set-cookie': cookie,
    });
    expect(checkStart(publicUrl, 'twitter', answer).map(({ status }) => status)).toEqual([
      'ok',
      'ok',
    ]);
  });
});

describe('checkCrossSite', () => {
  it.each<[string, Reply, string]>([
    ['refused', reply(403, { code: 'csrf_failed' }), 'ok'],
    ['let through', reply(204, ''), 'broken'],
    ['sent to a page', reply(303, ''), 'broken'],
    ['refused by somebody else', reply(403, '<html>'), 'warning'],
    ['counted', reply(429, { code: 'rate_limited' }), 'warning'],
    ['not answered', failed('ECONNRESET'), 'warning'],
  ])('%s', (_what, answer, status) => {
    expect(checkCrossSite('Origin', answer)).toMatchObject({ status });
  });
});
