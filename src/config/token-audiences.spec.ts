import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const API = 'https://api.example.com';
const APP = 'https://app.example.com';

/** What the variables make, with a front end that may ask. */
function tokensOf(audiences: string, others: Environment = {}) {
  const environment = { ALLOWED_ORIGINS: `${APP}, https://b.example.com`, ...others };
  return loadConfig({ ...environment, TOKEN_AUDIENCES: audiences }).tokens;
}

/** What is wrong with it: variables, and what they need. */
function problemsOf(environment: Environment): [variable: string, needs: string][] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, needs }) => [variable, needs]);
  }
  return [];
}

describe('TOKEN_AUDIENCES', () => {
  it('is off when it is not set', () => {
    expect(loadConfig({}).tokens).toBeNull();
    expect(loadConfig({ TOKEN_SECONDS: '60' }).tokens).toBeNull();
  });

  it.each([
    [API, [{ name: API, claims: [], askers: null }]],
    ['billing', [{ name: 'billing', claims: [], askers: null }]],
    ['urn:example:billing', [{ name: 'urn:example:billing', claims: [], askers: null }]],
    [`${API}<${APP}`, [{ name: API, claims: [], askers: [APP] }]],
    [
      `${API} name email  picture < ${APP} https://b.example.com`,
      [
        {
          name: API,
          claims: ['name', 'email', 'picture'],
          askers: [APP, 'https://b.example.com'],
        },
      ],
    ],
    [
      `${API}, https://billing.example.com email<${APP},`,
      [
        { name: API, claims: [], askers: null },
        { name: 'https://billing.example.com', claims: ['email'], askers: [APP] },
      ],
    ],
  ])('%s', (value, audiences) => {
    expect(tokensOf(value)).toEqual({ audiences, seconds: 300 });
  });

  it('lets the own origin ask', () => {
    const own = { PUBLIC_URL: 'http://localhost:8080/id' };
    expect(tokensOf(`${API}<http://localhost:8080`, own)?.audiences[0]?.askers).toEqual([
      'http://localhost:8080',
    ]);
  });

  it('lets origins of this machine ask while the sandbox is on, and no others', () => {
    const there = 'http://localhost:5173';
    const problems = (more: Environment) =>
      problemsOf({ TOKEN_AUDIENCES: `${API}<${there}`, ...more }).map(([variable]) => variable);
    expect(problems({})).toEqual([]);
    expect(problems({ SANDBOX: 'on', GOOGLE_CLIENT_ID: 'x', GOOGLE_CLIENT_SECRET: 'y' })).toEqual(
      [],
    );
    const own = { GOOGLE_CLIENT_ID: 'x', GOOGLE_CLIENT_SECRET: 'y' };
    for (const off of [{ SANDBOX: 'off' }, own]) {
      expect(problems(off)).toEqual(['TOKEN_AUDIENCES']);
    }
    expect(problems({ NODE_ENV: 'production' })).toContain('TOKEN_AUDIENCES');
    expect(problems({ TOKEN_AUDIENCES: `${API}<http://localhost.evil.test` })).toEqual([
      'TOKEN_AUDIENCES',
    ]);
  });

  it.each([
    [',', 'needs a comma list of services'],
    ['<https://app.example.com', 'needs a comma list of services'],
    [`${API}<`, 'needs a comma list of services'],
    [`${API}<${APP}<https://b.example.com`, 'needs a comma list of services'],
    [`${API} address`, 'needs a comma list of services'],
    [`${API} email email`, 'needs a comma list of services'],
    [`${API}<${APP}/`, 'needs a comma list of services'],
    [`${API}<app.example.com`, 'needs a comma list of services'],
    [`${API}<*`, 'needs a comma list of services'],
    ['https://*.example.com', 'needs a comma list of services'],
    ['https:', 'needs a comma list of services'],
    ['ä', 'needs a comma list of services'],
    [`${API}, ${API} email`, 'names a service twice'],
    [`${API}<https://evil.test`, 'lets https://evil.test ask, which is neither'],
    [`${API}<http://app.example.com`, 'lets http://app.example.com ask, which is neither'],
  ])('refuses %s', (value, needs) => {
    const problems = problemsOf({ ALLOWED_ORIGINS: APP, TOKEN_AUDIENCES: value });
    const [variable, told] = problems[0] ?? [];
    expect([problems.length, variable, told]).toEqual([
      1,
      'TOKEN_AUDIENCES',
      expect.stringContaining(needs),
    ]);
  });
});

describe('TOKEN_SECONDS', () => {
  it('is what a token lasts at most', () => {
    expect(tokensOf(API, { TOKEN_SECONDS: '900' })?.seconds).toBe(900);
  });

  it.each(['0', '901', '1.5', 'five'])('refuses %s', (TOKEN_SECONDS) => {
    expect(problemsOf({ TOKEN_AUDIENCES: API, TOKEN_SECONDS })).toEqual([
      ['TOKEN_SECONDS', 'needs a whole number from 1 to 900'],
    ]);
  });
});
