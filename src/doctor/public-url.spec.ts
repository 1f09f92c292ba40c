import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import {
  checkCookies,
  checkDestination,
  checkFrontEnds,
  checkProxy,
  checkSiblings,
} from './public-url.js';

const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';

const config = (environment: Record<string, string>) =>
  loadConfig({
    SANDBOX: 'off',
    PUBLIC_URL: 'https://id.example.com',
    SESSION_SECRET,
    ...environment,
  });

describe('checkCookies', () => {
  it.each([
    ['https://id.example.com', '__Host-latchkey.', 'nothing'],
    ['https://example.com/id', '__Host-latchkey-43e813cf.', 'nothing'],
    ['http://localhost:3000', 'not Secure', 'this machine alone'],
  ])('%s', (url, part, action) => {
    const result = checkCookies(config({ PUBLIC_URL: url }));
    expect(result.message).toContain(part);
    expect(result.action ?? 'nothing').toContain(action);
  });
});

describe('checkSiblings', () => {
  const ALLOWED_ORIGINS = 'https://app.example.com';
  const SERVICE_KEYS = `web:${SESSION_SECRET}`;

  it('warns of a server that nobody is ever signed in to', () => {
    const [found] = checkSiblings(config({ ALLOWED_ORIGINS, SERVICE_KEYS }));
    expect(found?.status).toBe('warning');
    expect(found?.message).toContain('the server of https://app.example.com gets no cookie');
    expect(found?.action).toContain('COOKIE_DOMAIN=example.com');
  });

  it.each([
    ['a domain for both', { ALLOWED_ORIGINS, SERVICE_KEYS, COOKIE_DOMAIN: 'example.com' }],
    ['no server', { ALLOWED_ORIGINS }],
    ['the same host', { ALLOWED_ORIGINS: 'https://id.example.com:8443', SERVICE_KEYS }],
    ['another site', { ALLOWED_ORIGINS: 'https://app.example.org', SERVICE_KEYS }],
  ])('says nothing with %s', (_what, environment) => {
    expect(checkSiblings(config(environment))).toEqual([]);
  });
});

describe('checkFrontEnds', () => {
  it.each([
    ['https://app.example.com', 0],
    ['https://example.com', 0],
    ['https://id.example.com:8443', 0],
    ['https://app.example.org', 1],
    ['https://example.net', 1],
    ['https://app.example.org,https://app.example.com,https://a.b.test', 2],
  ])('%s: %d warning(s)', (origins, count) => {
    const found = checkFrontEnds(config({ ALLOWED_ORIGINS: origins }));
    expect(found.map(({ status }) => status)).toEqual(Array(count).fill('warning'));
  });

  it('treats names with the same last two labels as one site', () => {
    const both = { PUBLIC_URL: 'https://one.co.uk', ALLOWED_ORIGINS: 'https://two.co.uk' };
    expect(checkFrontEnds(config(both))).toEqual([]);
  });

  it('treats localhost and 127.0.0.1 as different sites', () => {
    const both = { PUBLIC_URL: 'http://localhost:3000', ALLOWED_ORIGINS: 'http://127.0.0.1:5173' };
    expect(checkFrontEnds(config(both))).toHaveLength(1);
    expect(checkFrontEnds(config({ ...both, ALLOWED_ORIGINS: 'http://localhost:5173' }))).toEqual(
      [],
    );
    // Another scheme is another site.
    const secure = { ...both, ALLOWED_ORIGINS: 'https://localhost:5173' };
    expect(checkFrontEnds(config(secure))).toHaveLength(1);
  });
});

describe('checkDestination', () => {
  it.each([
    ['/inbox', '', 0],
    ['https://id.example.com/inbox', '', 0],
    ['https://app.example.com/inbox', 'https://app.example.com', 0],
    ['https://app.example.com/inbox', '', 1],
  ])('%s with ALLOWED_ORIGINS=%s', (to, origins, count) => {
    const found = checkDestination(config({ DEFAULT_RETURN_TO: to, ALLOWED_ORIGINS: origins }));
    expect(found).toHaveLength(count);
  });
});

describe('checkProxy', () => {
  it.each([
    ['https://id.example.com', '', 'warning', /proxy’s address/],
    ['https://id.example.com', '1', 'ok', /from: 1 hop/],
    ['https://id.example.com', '10.0.0.0/8,loopback', 'ok', /10\.0\.0\.0\/8, loopback/],
    ['http://localhost:3000', '', 'ok', /No proxy/],
    ['http://localhost:3000', '1', 'ok', /PUBLIC_URL is http/],
  ])('%s with TRUST_PROXY=%s', (url, trust, status, message) => {
    expect(checkProxy(config({ PUBLIC_URL: url, TRUST_PROXY: trust }))).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['2', /passes 2 proxies at least/],
    ['10.0.0.0/8', /all proxies in front/],
  ])('says when TRUST_PROXY=%s is right', (trust, action) => {
    expect(checkProxy(config({ TRUST_PROXY: trust })).action).toMatch(action);
  });
});
