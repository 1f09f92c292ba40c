import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { DEVELOPMENT_SECRET } from './cross-check.js';
import { type Environment, loadConfig } from './load-config.js';

const SECRET = 'a'.repeat(32);
const production = { NODE_ENV: 'production', SESSION_SECRET: SECRET };

function messageFor(environment: Environment): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('an invalid variable', () => {
  it.each([
    ['PORT', 'http', 'whole number from 1 to 65535'],
    ['PORT', '0', 'whole number'],
    ['PORT', '65536', 'whole number'],
    ['PORT', '80.5', 'whole number'],
    ['PUBLIC_URL', 'localhost:3000', 'http(s) URL'],
    ['PUBLIC_URL', 'ftp://id.test', 'http(s) URL'],
    ['PUBLIC_URL', 'https://id.test/?a=b', 'without query'],
    ['PUBLIC_URL', 'https://id.test/#a', 'fragment'],
    ['PAGES', 'yes', 'on or off'],
    ['ALLOWED_ORIGINS', 'https://app.test/', 'no trailing slash'],
    ['ALLOWED_ORIGINS', 'https://app.test/path', 'no path'],
    ['ALLOWED_ORIGINS', '*', 'origins'],
    ['ALLOWED_ORIGINS', 'null', 'origins'],
    ['ALLOWED_ORIGINS', 'https://app.test,app.test', 'origins'],
    ['DEFAULT_RETURN_TO', 'account', 'one slash'],
    ['DEFAULT_RETURN_TO', '//evil.test', 'one slash'],
    ['DEFAULT_RETURN_TO', '/\\evil.test', 'one slash'],
    ['DEFAULT_RETURN_TO', 'javascript:alert(1)', 'http(s) URL'],
    ['SIGN_IN_ERROR_URL', 'https://u@app.test/', 'http(s) URL'],
    ['TRUST_PROXY', 'true', 'proxy hops'],
    ['TRUST_PROXY', '*', 'proxy hops'],
    ['TRUST_PROXY', '0.0.0.0/0', 'proxy hops'],
    ['TRUST_PROXY', '10.0.0.0/8, ::/0', 'proxy hops'],
    ['SESSION_SECRET', 'short', 'at least 32 characters'],
    ['SESSION_SECRET', `${SECRET},short`, 'at least 32 characters'],
    ['SESSION_IDLE_SECONDS', '0', 'whole number'],
    ['SESSION_IDLE_SECONDS', '2592001', 'at most SESSION_ABSOLUTE_SECONDS'],
    ['SESSION_ABSOLUTE_SECONDS', '-1', 'whole number'],
    ['RECENT_SIGN_IN_SECONDS', 'ten', 'whole number'],
    ['ATTEMPT_SECONDS', '3601', 'whole number'],
    ['DATABASE_URL', 'mysql://u:w@host/db', 'file:PATH'],
    ['DATABASE_URL', 'postgres://u:w@host:x/db', 'postgres://USER:PASSWORD@HOST/DATABASE'],
    ['DATABASE_URL', 'postgres://u:w@host/db?sslmode=verify', 'one of disable'],
    ['FACEBOOK_GRAPH_VERSION', '26', 'v26.0'],
    ['FACEBOOK_GRAPH_VERSION', 'v26.0/../x', 'v26.0'],
    ['PROVIDER_TIMEOUT_MS', '99', 'whole number'],
    ['RATE_LIMIT_PER_MINUTE', '-1', 'whole number'],
    ['SIGN_IN_RATE_LIMIT_PER_MINUTE', 'off', 'whole number'],
    ['SANDBOX', 'maybe', 'auto, on or off'],
    ['SANDBOX_PORT', '70000', 'whole number'],
    ['LOG_LEVEL', 'loud', 'one of fatal'],
  ])('%s=%s fails the start with what is needed', (variable, value, needs) => {
    const lines = messageFor({ [variable]: value }).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(new RegExp(`^ {2}${variable} \\(`));
    expect(lines[1]).toContain(needs);
  });
});

describe('several invalid variables', () => {
  const message = messageFor({
    NODE_ENV: 'production',
    PORT: 'x',
    PAGES: 'maybe',
    PUBLIC_URL: 'http://id.test',
    GOOGLE_ISSUER: 'http://p.test',
    TWITTER_CLIENT_ID: 'only half',
    SANDBOX: 'on',
    LOG_LEVEL: 'loud',
  });

  it('are all listed in one message', () => {
    const named = message.split('\n').flatMap((line) => /^ {2}([A-Z_]+)/.exec(line)?.[1] ?? []);
    expect(named.toSorted()).toEqual([
      'GOOGLE_ISSUER',
      'LOG_LEVEL',
      'PAGES',
      'PORT',
      'PUBLIC_URL',
      'SANDBOX',
      'SESSION_SECRET',
      'TWITTER_CLIENT_SECRET',
    ]);
  });

  it('are shown with their values', () => {
    expect(message).toContain('PAGES ("maybe") needs on or off');
  });
});

describe('the message', () => {
  it.each([
    ['SESSION_SECRET', 'hunter2'],
    ['SESSION_SECRET', `${SECRET},hunter2`],
    ['DATABASE_URL', 'postgres:/admin:hunter2'],
    ['DATABASE_URL', 'postgres://admin:hunter2@host/db?sslmode=hunter2&sslkey=/hunter2'],
    ['PUBLIC_URL', 'https://admin:hunter2@id.test'],
    ['GOOGLE_ISSUER', 'https://admin:hunter2@p.test'],
    ['SIGN_IN_ERROR_URL', 'https://admin:hunter2@app.test/'],
  ])('prints no secret of %s', (variable, value) => {
    const message = messageFor({ [variable]: value, GOOGLE_CLIENT_SECRET: 'hunter2' });
    expect(message).toContain(variable);
    expect(message).toContain('GOOGLE_CLIENT_ID is missing');
    expect(message).not.toContain('hunter2');
  });

  it('truncates long values', () => {
    expect(messageFor({ PAGES: 'x'.repeat(5000) }).length).toBeLessThan(300);
  });
});

describe('production', () => {
  it('starts with a secret of its own', () => {
    expect(messageFor(production)).toBe('');
    expect(loadConfig(production)).toMatchObject({ production: true, sandbox: null });
  });

  it.each([
    ['no secret', { SESSION_SECRET: undefined }, 'SESSION_SECRET is missing'],
    ['an empty secret', { SESSION_SECRET: '' }, 'SESSION_SECRET is missing'],
    ['a short secret', { SESSION_SECRET: 'short' }, 'SESSION_SECRET (5 characters) needs'],
    ['the default secret', { SESSION_SECRET: DEVELOPMENT_SECRET }, 'development default'],
    ['it among others', { SESSION_SECRET: `${SECRET}, ${DEVELOPMENT_SECRET}` }, 'development'],
    ['an http PUBLIC_URL', { PUBLIC_URL: 'http://id.test' }, 'needs https in production'],
    ['one like localhost', { PUBLIC_URL: 'http://localhost.evil.test' }, 'needs https'],
    ['the sandbox', { SANDBOX: 'on' }, 'SANDBOX ("on") is on'],
  ])('refuses %s', (_name, overrides, expected) => {
    expect(messageFor({ ...production, ...overrides })).toContain(expected);
  });

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://id.test',
  ])('accepts PUBLIC_URL %s', (value) => {
    expect(messageFor({ ...production, PUBLIC_URL: value })).toBe('');
  });
});
