import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { isPlaceholder, judgeSessionSecrets } from './secrets.js';

const strong = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const weak = 'my-very-secret-session-password-2026';
const development = { SANDBOX: 'off' };
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://id.example.com' };

const judge = (environment: Record<string, string>) =>
  judgeSessionSecrets(loadConfig(environment)).map(({ status, message }) => [status, message]);

describe('judgeSessionSecrets', () => {
  it('is content with a random one', () => {
    expect(judge({ ...production, SESSION_SECRET: strong })).toEqual([
      ['ok', 'SESSION_SECRET is long and looks random.'],
    ]);
  });

  it('minds one that can be guessed as much as the place demands', () => {
    const message = 'SESSION_SECRET is made of words: it can be guessed.';
    expect(judge({ ...development, SESSION_SECRET: weak })).toEqual([['warning', message]]);
    expect(judge({ ...production, SESSION_SECRET: weak })).toEqual([['broken', message]]);
  });

  it('minds the development default where others can reach the service', () => {
    expect(judge(development)).toEqual([['ok', expect.stringContaining('development default')]]);
    expect(judge({ ...development, PUBLIC_URL: 'https://id.example.com' })).toEqual([
      ['broken', expect.stringContaining('everybody knows')],
    ]);
  });

  it('tells secrets apart by their place, and mentions a rotation', () => {
    const found = judge({ ...production, SESSION_SECRET: `${strong},${weak}` });
    expect(found).toEqual([
      ['broken', 'Secret 2 of 2 in SESSION_SECRET is made of words: it can be guessed.'],
      ['ok', expect.stringContaining('the first signs')],
    ]);
    expect(JSON.stringify(found)).not.toContain(weak);
  });
});

describe('isPlaceholder', () => {
  it.each(['changeme', 'change-me-please', 'your-client-secret', 'xxxxxxxx', '<secret>', 'TODO'])(
    '%s is one',
    (secret) => expect(isPlaceholder(secret)).toBe(true),
  );

  it.each(['GOCSPX-kAcSOqF21Fu85e7zjz7ZN2U4ZR', '0123456789abcdef0123456789abcdef'])(
    '%s is none',
    (secret) => expect(isPlaceholder(secret)).toBe(false),
  );
});
