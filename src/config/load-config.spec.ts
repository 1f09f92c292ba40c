import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const OLDER = 'hJ4wPz0RkX9vLs2QeTn7YbUc5GdMaF8iOx3ZtVqB6CrK';
const keys = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'google-secret' };
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.test',
  SESSION_SECRET: SECRET,
};
/** Instead of one at random. */
const kept = (file: string) => `kept in ${file}`;
const never = () => {
  throw new Error('asked for');
};

/** What is wrong with an environment: the message, and the variables that it is about. */
function problemsOf(environment: Environment): { message: string; variables: string[] } {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      return { message: error.message, variables: error.problems.map((each) => each.variable) };
    }
    throw error;
  }
  return { message: '', variables: [] };
}

describe('an empty environment', () => {
  it('runs the whole service with the sandbox', () => {
    expect(loadConfig({}, kept)).toEqual({
      production: false,
      listen: { host: '127.0.0.1', port: 3000 },
      keepAliveSeconds: 76,
      shutdownDrainMs: 0,
      management: null,
      tracing: null,
      publicUrl: {
        href: 'http://localhost:3000',
        origin: 'http://localhost:3000',
        prefix: '',
        secure: false,
      },
      cookieDomain: null,
      pages: true,
      docs: true,
      supportUrl: null,
      brand: {
        name: null,
        url: null,
        logoUrl: null,
        logoDarkUrl: null,
        accent: null,
        privacyUrl: null,
        termsUrl: null,
      },
      allowedOrigins: [],
      handoverTargets: [],
      defaultReturnTo: '/account',
      signInErrorUrl: '/',
      trustProxy: false,
      secrets: ['kept in data/session_secret'],
      secretFile: 'data/session_secret',
      sessions: {
        idleSeconds: 604_800,
        absoluteSeconds: 2_592_000,
        recentSignInSeconds: 600,
        recentSignInAssurance: 'asked',
        identitySettleSeconds: 604_800,
      },
      attemptSeconds: 600,
      tokens: null,
      activityRetentionDays: 90,
      database: { kind: 'file', file: './data/latchkey.db' },
      migrateAtStart: true,
      providers: {
        google: expect.objectContaining({ issuer: 'http://127.0.0.1:4000/google' }),
        twitter: expect.objectContaining({ apiUrl: 'http://127.0.0.1:4000/x' }),
        facebook: expect.objectContaining({
          dialogUrl: 'http://127.0.0.1:4000/facebook',
          graphUrl: 'http://127.0.0.1:4000/graph',
          graphVersion: 'v26.0',
        }),
      },
      providerTimeoutMs: 10_000,
      outgoingProxy: null,
      rateLimits: { all: 1000, signIn: 200, service: 60_000 },
      serviceKeys: [],
      sandbox: { port: 4000 },
      logLevel: 'info',
      misspelt: [],
    });
  });

  it('is equivalent to empty and blank values', () => {
    const blank = { PORT: '', SESSION_SECRET: '  ', GOOGLE_CLIENT_ID: '', PAGES: '', HOST: '' };
    expect(loadConfig(blank, kept)).toEqual(loadConfig({}, kept));
  });

  it('is equivalent to unknown variables only', () => {
    expect(loadConfig({ PATH: '/bin', LATCHKEY_X: 'y', GOOGLE_SECRET: 'z' }, kept)).toEqual(
      loadConfig({}, kept),
    );
  });
});

describe('the configuration', () => {
  it('leaves migrating to the operator where configured', () => {
    expect(loadConfig({ ...keys, MIGRATE_AT_START: 'off' }).migrateAtStart).toBe(false);
    expect(() => loadConfig({ ...keys, MIGRATE_AT_START: 'no' })).toThrow(/MIGRATE_AT_START/);
  });

  it('is deeply frozen', () => {
    const config = loadConfig({ ...keys, ALLOWED_ORIGINS: 'https://app.test' });
    const thawed: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [name, part] of Object.entries(value)) visit(part, `${path}.${name}`);
    };
    visit(config, 'config');
    expect(thawed).toEqual([]);
    expect(() => (config.secrets as string[]).push('x')).toThrow(TypeError);
  });

  it('reads every variable', () => {
    const config = loadConfig({
      HOST: '127.0.0.1',
      PORT: '8080',
      PUBLIC_URL: 'https://id.test',
      PAGES: 'off',
      ALLOWED_ORIGINS: 'https://app.test, https://localhost:5173 ,',
      DEFAULT_RETURN_TO: 'https://app.test/home',
      SIGN_IN_ERROR_URL: '/oops',
      SESSION_SECRET: `${SECRET}, ${OLDER}`,
      SESSION_IDLE_SECONDS: '60',
      SESSION_ABSOLUTE_SECONDS: '120',
      RECENT_SIGN_IN_SECONDS: '30',
      ATTEMPT_SECONDS: '10',
      DATABASE_URL: 'file:/var/lib/latchkey.db',
      PROVIDER_TIMEOUT_MS: '700',
      RATE_LIMIT_PER_MINUTE: '0',
      SIGN_IN_RATE_LIMIT_PER_MINUTE: '5',
      LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080 },
      publicUrl: { href: 'https://id.test', secure: true },
      pages: false,
      allowedOrigins: ['https://app.test', 'https://localhost:5173'],
      defaultReturnTo: 'https://app.test/home',
      signInErrorUrl: '/oops',
      secrets: [SECRET, OLDER],
      sessions: { idleSeconds: 60, absoluteSeconds: 120, recentSignInSeconds: 30 },
      attemptSeconds: 10,
      database: { kind: 'file', file: '/var/lib/latchkey.db' },
      providerTimeoutMs: 700,
      rateLimits: { all: 0, signIn: 5, service: 60_000 },
      logLevel: 'warn',
    });
  });

  it.each([
    ['https://id.test', 'https://id.test', ''],
    ['https://id.test/', 'https://id.test', ''],
    ['https://ID.test:443', 'https://id.test', ''],
    ['https://example.com/id', 'https://example.com/id', '/id'],
    ['https://example.com/id/', 'https://example.com/id', '/id'],
    ['https://example.com/a/b', 'https://example.com/a/b', '/a/b'],
    ['http://localhost:8080', 'http://localhost:8080', ''],
  ])('parses PUBLIC_URL %s', (value, href, prefix) => {
    const { publicUrl, defaultReturnTo, signInErrorUrl } = loadConfig({
      PUBLIC_URL: value,
      SESSION_SECRET: SECRET,
    });
    expect(publicUrl).toMatchObject({ href, prefix, origin: new URL(href).origin });
    expect([defaultReturnTo, signInErrorUrl]).toEqual([`${prefix}/account`, `${prefix}/`]);
  });

  it('derives the default PUBLIC_URL from PORT', () => {
    expect(loadConfig({ PORT: '8080' }).publicUrl.href).toBe('http://localhost:8080');
  });

  it.each([
    ['file:./data/x.db', './data/x.db'],
    ['file:data/x.db', 'data/x.db'],
    ['file:/data/x.db', '/data/x.db'],
    ['file:///data/x.db', '/data/x.db'],
  ])('parses DATABASE_URL %s', (value, file) => {
    expect(loadConfig({ DATABASE_URL: value }).database).toEqual({ kind: 'file', file });
  });

  it.each([
    ['1', 1],
    ['0', false],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['fd00::/8,192.168.0.1', ['fd00::/8', '192.168.0.1']],
  ])('parses TRUST_PROXY %s', (value, trusted) => {
    expect(loadConfig({ TRUST_PROXY: value }).trustProxy).toEqual(trusted);
  });
});

describe('a provider', () => {
  it('is on with both keys, at its real address, and turns the sandbox off', () => {
    const { providers, sandbox } = loadConfig({
      ...keys,
      TWITTER_CLIENT_ID: 't',
      TWITTER_CLIENT_SECRET: 'ts',
      FACEBOOK_CLIENT_ID: 'f',
      FACEBOOK_CLIENT_SECRET: 'fs',
    });
    expect(sandbox).toBeNull();
    expect(providers).toEqual({
      google: {
        clientId: 'id',
        clientSecret: 'google-secret',
        issuer: 'https://accounts.google.com',
        authTime: false,
      },
      twitter: { clientId: 't', clientSecret: 'ts', apiUrl: 'https://api.x.com' },
      facebook: {
        clientId: 'f',
        clientSecret: 'fs',
        dialogUrl: 'https://www.facebook.com',
        graphUrl: 'https://graph.facebook.com',
        graphVersion: 'v26.0',
      },
    });
  });

  it('is off without keys when another one is on', () => {
    expect(loadConfig(keys).providers).toMatchObject({ twitter: null, facebook: null });
  });

  it.each(['GOOGLE', 'TWITTER', 'FACEBOOK'])('%s fails the start with only one key', (name) => {
    const withoutSecret = problemsOf({ [`${name}_CLIENT_ID`]: 'id' });
    expect(withoutSecret.variables).toEqual([`${name}_CLIENT_SECRET`]);
    expect(withoutSecret.message).toContain(`while ${name}_CLIENT_ID is set`);
    const withoutId = problemsOf({ [`${name}_CLIENT_SECRET`]: 'hush', [`${name}_CLIENT_ID`]: ' ' });
    expect(withoutId.variables).toEqual([`${name}_CLIENT_ID`]);
    expect(withoutId.message).not.toContain('hush');
  });

  it.each(['GOOGLE_ISSUER', 'TWITTER_API_URL', 'FACEBOOK_DIALOG_URL', 'FACEBOOK_GRAPH_URL'])(
    'accepts %s over https or on loopback only',
    (variable) => {
      const good = ['https://p.test', 'http://localhost:1', 'http://127.0.0.1:1/x', 'http://[::1]'];
      const bad = [
        'http://p.test',
        'http://localhost.evil.test',
        'http://127.0.0.1.evil.test',
        'http://0.0.0.0:1',
        'ftp://p.test',
        'p.test',
        '//p.test',
        'https://u:w@p.test',
        'https://p.test/?a=b',
        'https://p.test/#a',
        'javascript:alert(1)',
      ];
      const verdicts = [...good, ...bad].map(
        (value) => problemsOf({ [variable]: value }).variables,
      );
      expect(verdicts).toEqual([...good.map(() => []), ...bad.map(() => [variable])]);
    },
  );

  it('strips a trailing slash from a provider’s URL', () => {
    const { providers } = loadConfig({ ...keys, GOOGLE_ISSUER: 'https://p.test/google//' });
    expect(providers.google?.issuer).toBe('https://p.test/google');
  });
});

describe('the sandbox', () => {
  it.each([
    ['auto, no keys', {}, true],
    ['auto, keys', keys, false],
    ['auto, production', production, false],
    ['auto, production on loopback', { ...production, PUBLIC_URL: 'http://localhost' }, false],
    ['auto, an address of others', { ...production, NODE_ENV: undefined }, false],
    ['auto, a name under localhost', { PUBLIC_URL: 'http://id.localhost:3000' }, true],
    ['on, keys', { ...keys, SANDBOX: 'on' }, true],
    ['off, no keys', { SANDBOX: 'off' }, false],
  ])('%s', (_name, environment, on) => {
    expect(loadConfig(environment).sandbox !== null).toBe(on);
  });

  it('replaces the providers without keys, next to those with keys', () => {
    const { providers } = loadConfig({ ...keys, SANDBOX: 'on', SANDBOX_PORT: '4100' });
    expect(providers.google).toMatchObject({
      clientId: 'id',
      issuer: 'https://accounts.google.com',
    });
    expect(providers.twitter).toMatchObject({ apiUrl: 'http://127.0.0.1:4100/x' });
    expect(providers.facebook).toMatchObject({ graphUrl: 'http://127.0.0.1:4100/graph' });
  });

  it('leaves no provider when it is off and there are no keys', () => {
    const { providers } = loadConfig({ SANDBOX: 'off' });
    expect(providers).toEqual({ google: null, twitter: null, facebook: null });
  });
});

describe('the page at /docs', () => {
  it.each([
    ['development', {}, true],
    ['development, off', { DOCS: 'off' }, false],
    ['production', production, false],
    ['production, on', { ...production, DOCS: 'on' }, true],
  ])('in %s', (_name, environment, docs) => {
    expect(loadConfig(environment).docs).toBe(docs);
  });
});

describe('the host', () => {
  it.each([
    ['development', {}, '127.0.0.1'],
    ['a test', { NODE_ENV: 'test' }, '127.0.0.1'],
    ['an address of others', { ...production, NODE_ENV: undefined }, '127.0.0.1'],
    ['production', production, '0.0.0.0'],
    ['what is asked for', { ...production, HOST: '::' }, '::'],
  ])('in %s', (_where, environment, host) => {
    expect(loadConfig(environment).listen.host).toBe(host);
  });
});

describe('a secret that nobody has set', () => {
  it.each([
    ['file:./data/latchkey.db', 'data/session_secret'],
    ['file:/srv/latchkey/people.db', '/srv/latchkey/session_secret'],
    ['postgres://u:w@127.0.0.1/people', 'data/session_secret'],
  ])('with DATABASE_URL %s is kept in %s', (DATABASE_URL, file) => {
    expect(loadConfig({ DATABASE_URL }, kept)).toMatchObject({
      secrets: [`kept in ${file}`],
      secretFile: file,
    });
  });

  it('is asked for only where none is set, and nothing else is wrong', () => {
    expect(loadConfig({ SESSION_SECRET: SECRET }, never)).toMatchObject({
      secrets: [SECRET],
      secretFile: null,
    });
    expect(() => loadConfig({ PORT: 'x' }, never)).toThrow(ConfigError);
  });

  it('is another one each time, unless it is kept', () => {
    const [one, other] = [loadConfig({}), loadConfig({})].map(({ secrets }) => secrets[0] ?? '');
    expect(one).toMatch(/^[\w-]{64}$/);
    expect(other).not.toBe(one);
  });
});

describe('the drain', () => {
  it.each([
    [{}, 0],
    [production, 6000],
    [{ ...production, SHUTDOWN_DRAIN_MS: '0' }, 0],
    [{ SHUTDOWN_DRAIN_MS: '30000' }, 30_000],
  ])('of %j is %i ms', (environment, milliseconds) => {
    expect(loadConfig(environment).shutdownDrainMs).toBe(milliseconds);
  });
});
