import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.test',
  SESSION_SECRET: SECRET,
};

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
    ['SUPPORT_URL', 'http://help.test/', 'https URL, or mailto:'],
    ['SUPPORT_URL', 'https://user@help.test/', 'https URL, or mailto:'],
    ['SUPPORT_URL', 'javascript:alert(1)', 'https URL, or mailto:'],
    ['SUPPORT_URL', 'mailto:', 'https URL, or mailto:'],
    ['SUPPORT_URL', 'help@example.com', 'https URL, or mailto:'],
    ['APP_NAME', 'A'.repeat(61), 'at most 60 characters'],
    ['APP_NAME', 'Ac\u202eme', 'without control or formatting characters'],
    ['APP_URL', 'http://app.test/', 'needs an https URL'],
    ['APP_URL', 'app.test', 'needs an https URL'],
    ['APP_URL', 'javascript:alert(1)', 'needs an https URL'],
    ['APP_LOGO_URL', 'http://cdn.test/logo.svg', 'needs an https URL'],
    ['APP_LOGO_URL', 'https://u:p@cdn.test/logo.svg', 'without credentials'],
    ['APP_LOGO_URL', 'https://cdn.test/a b.svg', 'needs an https URL'],
    ['PRIVACY_URL', '/privacy', 'needs an https URL'],
    ['TERMS_URL', 'mailto:terms@example.com', 'needs an https URL'],
    ['APP_ACCENT', 'purple-ish', 'opaque colour such as #6b3df5'],
    ['APP_ACCENT', 'transparent', 'opaque colour'],
    ['APP_ACCENT', '#6b3df580', 'opaque colour'],
    ['APP_ACCENT', '#6b38', 'opaque colour'],
    ['APP_ACCENT', '#6b3df', 'opaque colour'],
    ['APP_ACCENT', 'rgb(107 61 256)', 'opaque colour'],
    ['APP_ACCENT', 'rgb(107 61 245 / 50%)', 'opaque colour'],
    ['ALLOWED_ORIGINS', 'https://app.test/', 'no trailing slash'],
    ['ALLOWED_ORIGINS', 'https://app.test/path', 'no path'],
    ['ALLOWED_ORIGINS', '*', 'cannot have a *: a site that nobody named'],
    ['ALLOWED_ORIGINS', 'https://*.app.test', 'cannot have a *'],
    ['ALLOWED_ORIGINS', 'https://app.test, *', 'cannot have a *'],
    ['NODE_ENV', 'staging', 'needs production, development or test, or to be unset'],
    ['NODE_ENV', 'Production', 'needs production'],
    ['NODE_ENV', 'prod', 'needs production'],
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
    TWITTER_CLIENT_ID: 'only-half',
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

  it('names a variable that was probably meant for one that is missing, without its value', () => {
    const message = messageFor({ NODE_ENV: 'production', SESION_SECRET: 'hunter2' });
    expect(message).toContain('(SESION_SECRET is set, and ignored: it is nearly SESSION_SECRET)');
    expect(message).not.toContain('hunter2');
  });

  it('truncates long values', () => {
    expect(messageFor({ PAGES: 'x'.repeat(5000) }).length).toBeLessThan(300);
  });
});

describe('production', () => {
  it('starts with an address and a secret of its own', () => {
    expect(messageFor(production)).toBe('');
    expect(loadConfig(production)).toMatchObject({ production: true, sandbox: null });
  });

  it('is production with a blank around the word', () => {
    expect(loadConfig({ ...production, NODE_ENV: ' production\n' }).production).toBe(true);
    expect(messageFor({ NODE_ENV: 'production ' })).toContain('SESSION_SECRET is missing');
  });

  it.each([
    'http://localhost:3000',
    'http://id.localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://id.test',
  ])('accepts PUBLIC_URL %s', (value) => {
    expect(messageFor({ ...production, PUBLIC_URL: value })).toBe('');
  });

  it('has no default for PUBLIC_URL', () => {
    const message = messageFor({ ...production, PUBLIC_URL: undefined });
    expect(message).toContain('PUBLIC_URL is missing: production needs the address');
  });

  it('can be tried on loopback: over http, with providers and front ends there', () => {
    const tried = {
      ...production,
      PUBLIC_URL: 'http://localhost:3000',
      ALLOWED_ORIGINS: 'http://localhost:5173,http://192.168.0.2:5173',
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'google-secret',
      GOOGLE_ISSUER: 'http://127.0.0.1:4000/google',
    };
    expect(messageFor(tried)).toBe('');
  });
});

/** Whether others can reach it is decided by where it is, not by what it is called. */
describe.each([
  ['production', production],
  ['production on loopback', { ...production, PUBLIC_URL: 'http://localhost:3000' }],
  ['an address of others, without NODE_ENV', { ...production, NODE_ENV: undefined }],
  ['an address of others, in development', { ...production, NODE_ENV: 'development' }],
  ['an address of others, over http', { SESSION_SECRET: SECRET, PUBLIC_URL: 'http://id.test' }],
])('%s', (_where, exposed) => {
  it.each([
    ['no secret', { SESSION_SECRET: undefined }, 'SESSION_SECRET is missing'],
    ['an empty secret', { SESSION_SECRET: '' }, 'SESSION_SECRET is missing'],
    ['a short secret', { SESSION_SECRET: 'short' }, 'SESSION_SECRET (5 characters) needs'],
    ['a secret that repeats itself', { SESSION_SECRET: 'abc1'.repeat(9) }, 'repeats itself'],
    ['the same one twice', { SESSION_SECRET: `${SECRET}, ${SECRET}` }, 'the same secret twice'],
    ['an example', { SESSION_SECRET: 'replace-me-by-32-random-characters' }, 'of an example'],
    ['one among others', { SESSION_SECRET: `${SECRET},your-secret-${SECRET}` }, 'of an example'],
    [
      'a client secret of an example',
      { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'changeme' },
      'GOOGLE_CLIENT_SECRET (8 characters) still has the words',
    ],
    ['the sandbox', { SANDBOX: 'on' }, 'SANDBOX ("on") is on'],
    [
      'keys of the sandbox',
      { FACEBOOK_CLIENT_ID: 'sandbox-facebook', FACEBOOK_CLIENT_SECRET: 'other' },
      'FACEBOOK_CLIENT_ID ("sandbox-facebook") is a key of the sandbox',
    ],
  ])('refuses %s', (_name, overrides, expected) => {
    const message = messageFor({ ...exposed, ...overrides });
    expect(message).toContain(expected);
    expect(message).not.toContain(SECRET);
  });

  it('has no sandbox unless it is asked for', () => {
    expect(messageFor(exposed)).not.toContain('SANDBOX');
  });
});

describe('an address of others', () => {
  const exposed = { PUBLIC_URL: 'https://id.test', SESSION_SECRET: SECRET };
  const remote = 'postgres://u:w@db.example.com/people';

  it.each([
    ['an http PUBLIC_URL', { PUBLIC_URL: 'http://id.test' }, 'PUBLIC_URL ("http://id.test") needs'],
    ['one like localhost', { PUBLIC_URL: 'http://localhost.evil.test' }, 'needs https'],
    ['one that only URL parsers see', { PUBLIC_URL: '\u0001ht\ttp://id.test' }, 'needs https'],
    ['one that ends like it', { PUBLIC_URL: 'http://evillocalhost' }, 'needs https'],
    ['an http origin', { ALLOWED_ORIGINS: 'https://a.test, http://b.test' }, 'needs https origins'],
    ['one on loopback', { ALLOWED_ORIGINS: 'http://localhost:5173' }, 'needs https origins'],
    ['a database elsewhere in the clear', { DATABASE_URL: remote }, 'without TLS'],
    ['one that ssl=0 leaves open', { DATABASE_URL: `${remote}?ssl=0` }, 'without TLS'],
    ['one by its host parameter', { DATABASE_URL: 'postgres:///p?host=db.test' }, 'without TLS'],
    ['one by PGHOST', { DATABASE_URL: 'postgres:///p', PGHOST: 'db.test' }, 'without TLS'],
  ])('refuses %s', (_name, overrides, expected) => {
    expect(messageFor({ ...exposed, ...overrides })).toContain(expected);
  });

  it.each([
    `${remote}?sslmode=disable`,
    `${remote}?sslmode=verify-full`,
    `${remote}?ssl=true`,
    'postgres://u:w@127.0.0.1/people',
    'postgres://u:w@db.localhost/people',
    'postgres://u:w@[::1]/people',
    'postgres:///people?host=::1',
    'postgres:///people?host=LOCALHOST',
    'postgres://u@%2Frun%2Fpostgresql/people',
    'file:/srv/latchkey.db',
  ])('accepts %s', (DATABASE_URL) => {
    expect(messageFor({ ...exposed, DATABASE_URL })).toBe('');
  });

  it('may have providers on loopback', () => {
    const provider = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'google-secret' };
    const GOOGLE_ISSUER = 'http://127.0.0.1:4000/google';
    expect(messageFor({ ...exposed, ...provider, GOOGLE_ISSUER })).toBe('');
  });
});
