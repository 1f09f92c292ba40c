import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { checkServiceKeys, checkSessionSecrets } from './secrets.js';

const strong = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const weak = 'my-very-secret-session-password-2026';
const development = { SANDBOX: 'off' };
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://id.example.com' };

const check = (environment: Record<string, string>) =>
  checkSessionSecrets(loadConfig(environment)).map(({ status, message }) => [status, message]);

describe('checkSessionSecrets', () => {
  it('accepts a random secret', () => {
    expect(check({ ...production, SESSION_SECRET: strong })).toEqual([
      ['ok', 'SESSION_SECRET is long and looks random.'],
    ]);
  });

  it('is stricter in production', () => {
    const message = 'SESSION_SECRET is made of words: it can be guessed.';
    expect(check({ ...development, SESSION_SECRET: weak })).toEqual([['warning', message]]);
    expect(check({ ...production, SESSION_SECRET: weak })).toEqual([['broken', message]]);
  });

  it('is as strict wherever others reach the service', () => {
    const exposed = { ...development, PUBLIC_URL: 'https://id.example.com' };
    expect(check({ ...exposed, SESSION_SECRET: weak })).toEqual([
      ['broken', expect.stringContaining('made of words')],
    ]);
  });

  it('says where a secret is kept that nobody has set', () => {
    expect(check({ ...development, DATABASE_URL: 'file:/srv/latchkey.db' })).toEqual([
      ['ok', 'SESSION_SECRET is not set: a random one is kept in /srv/session_secret.'],
    ]);
  });

  it('names secrets by their position, and mentions a rotation', () => {
    const found = check({ ...production, SESSION_SECRET: `${strong},${weak}` });
    expect(found).toEqual([
      ['broken', 'Secret 2 of 2 in SESSION_SECRET is made of words: it can be guessed.'],
      ['ok', expect.stringContaining('the first signs')],
    ]);
    expect(JSON.stringify(found)).not.toContain(weak);
  });
});

const keys = (environment: Record<string, string>) =>
  checkServiceKeys(loadConfig({ SESSION_SECRET: strong, ...environment })).map(
    ({ status, message }) => [status, message],
  );

describe('checkServiceKeys', () => {
  const other = 'hJ4wPz0RkX9vLs2QeTn7YbUc5GdMaF8iOx3ZtVqB6CrK';

  it('finds nothing wrong with random ones', () => {
    expect(keys({ ...production, SERVICE_KEYS: `web:${strong},api:${other}` })).toEqual([]);
  });

  it('names the key that can be guessed, and is stricter where others reach the service', () => {
    const SERVICE_KEYS = `web:${strong},api:${weak}`;
    const message = 'The key of api in SERVICE_KEYS is made of words: it can be guessed.';
    expect(keys({ ...development, SERVICE_KEYS })).toEqual([['warning', message]]);
    expect(keys({ ...production, SERVICE_KEYS })).toEqual([['broken', message]]);
  });

  it('mentions a rotation', () => {
    expect(keys({ ...production, SERVICE_KEYS: `web:${strong},web:${other}` })).toEqual([
      ['ok', 'SERVICE_KEYS has two keys of web: both are accepted.'],
    ]);
  });
});
