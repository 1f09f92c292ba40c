import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const KEYS = { GOOGLE_CLIENT_ID: 'client-1', GOOGLE_CLIENT_SECRET: 'canary-2' };

function linesFor(environment: Environment): string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1, -1);
    throw error;
  }
  return [];
}

const AROUND = [' ', '\t', '\n', '\r\n', '\r', '\u00A0', '\uFEFF'];

describe('white space around a value', () => {
  it.each(AROUND)('does not count: %j', (blank) => {
    const config = loadConfig({
      ...Object.fromEntries(Object.entries(KEYS).map(([name, key]) => [name, blank + key + blank])),
      SESSION_SECRET: `${SECRET}${blank}`,
      NODE_ENV: `production${blank}`,
      PUBLIC_URL: `${blank}https://id.example.com${blank}`,
      PORT: `3001${blank}`,
      PAGES: `off${blank}`,
      DATABASE_URL: `file:./x.db${blank}`,
      TRUST_PROXY: `1${blank}`,
      LOG_LEVEL: `warn${blank}`,
      DEFAULT_RETURN_TO: `/in${blank}`,
      SIGN_IN_ERROR_URL: `/out${blank}`,
    });
    expect(config.providers.google).toMatchObject({
      clientId: 'client-1',
      clientSecret: 'canary-2',
    });
    expect(config).toMatchObject({
      production: true,
      secrets: [SECRET],
      publicUrl: { href: 'https://id.example.com' },
      listen: { port: 3001 },
      pages: false,
      database: { file: './x.db' },
      trustProxy: 1,
      logLevel: 'warn',
      defaultReturnTo: '/in',
      signInErrorUrl: '/out',
    });
  });
});

describe('quotes around a value', () => {
  it.each([
    ['PORT', '"3001"', ' ("\\"3001\\"")'],
    ['PUBLIC_URL', "'https://id.example.com'", ' ("\'https://id.example.com\'")'],
    ['SESSION_SECRET', `"${SECRET}"`, ' (46 characters)'],
    ['SESSION_SECRET', `${SECRET},"${SECRET}"`, ' (91 characters)'],
    ['SESSION_SECRET', `“${SECRET}”`, ' (46 characters)'],
    ['DATABASE_URL', '"postgres://u:canary@h/d"', ' (25 characters)'],
    ['ALLOWED_ORIGINS', '"https://a.test","https://b.test"', expect.any(String)],
    ['SESSION_SECRET_FILE', '"/run/secrets/x"', ' (16 characters)'],
    ['NO_PROXY', '"a.test"', expect.any(String)],
  ])('are refused by name: %s', (variable, value, shown) => {
    const lines = linesFor({ [variable]: value });
    expect(lines).toHaveLength(1);
    const [, rest = ''] =
      /^ {2}([\s\S]*) has quotes around its value: leave them out$/.exec(lines[0] ?? '') ?? [];
    expect(rest.startsWith(variable)).toBe(true);
    expect(rest.slice(variable.length)).toEqual(shown);
  });

  it('are no matter of unknown variables, and may be within a value', () => {
    expect(linesFor({ SOMETHING_ELSE: '"x"', SESSION_SECRET: `a"b'${SECRET}` })).toEqual([]);
  });
});

describe('white space and invisible characters within', () => {
  const inner = [
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u0000',
    '\u00A0',
    '\u200B',
    '\u202E',
    '\u00AD',
    '\uFEFF',
  ];

  it.each(inner)('an id, a key or a secret are refused by name: %j', (blank) => {
    const lines = linesFor({
      SESSION_SECRET: `${SECRET}${blank}${SECRET}`,
      GOOGLE_CLIENT_ID: `a${blank}b`,
      GOOGLE_CLIENT_SECRET: `canary${blank}b`,
      TWITTER_CLIENT_ID: `a${blank}b`,
      TWITTER_CLIENT_SECRET: 'fine',
      FACEBOOK_CLIENT_ID: '1',
      FACEBOOK_CLIENT_SECRET: `canary${blank}b`,
    });
    const names = lines.map(
      (line) => /^ {2}(\w+) .* has white space or invisible/.exec(line)?.[1] ?? '',
    );
    expect(names.toSorted()).toEqual([
      'FACEBOOK_CLIENT_SECRET',
      'GOOGLE_CLIENT_ID',
      'GOOGLE_CLIENT_SECRET',
      // A passphrase has blanks.
      ...(blank === ' ' ? [] : ['SESSION_SECRET']),
      'TWITTER_CLIENT_ID',
    ]);
    expect(lines.join()).not.toContain('canary');
  });

  it('a list of secrets may stand between them', () => {
    expect(linesFor({ SESSION_SECRET: `${SECRET},\n x${SECRET}` })).toEqual([]);
  });
});
