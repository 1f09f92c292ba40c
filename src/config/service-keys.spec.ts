import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const ONE = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const OTHER = 'hJ4wPz0RkX9vLs2QeTn7YbUc5GdMaF8iOx3ZtVqB6CrK';
const THIRD = 'kV3nX8qLr2TzY7wPc5GdMaF1iOhJ4wPz0RkX9vLs2Qe';

const exposed = {
  PUBLIC_URL: 'https://id.example.com',
  SESSION_SECRET: 'Yx4bW1pQ8sN6tK3vJ9zR2mL7cF5hD0gAaEeUuIiOo1',
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

describe('SERVICE_KEYS', () => {
  it('are names with the hashes of their secrets', () => {
    const { serviceKeys } = loadConfig({ SERVICE_KEYS: `web:${ONE}, api:${OTHER},web:${THIRD},` });
    expect(serviceKeys.map(({ name }) => name)).toEqual(['web', 'api', 'web']);
    expect(new Set(serviceKeys.map(({ hash }) => hash)).size).toBe(3);
    expect(JSON.stringify(serviceKeys)).not.toContain(ONE);
    expect(loadConfig({}).serviceKeys).toEqual([]);
  });

  it('keep a colon in a secret', () => {
    const withColon = `${ONE.slice(0, 20)}:${ONE.slice(20)}`;
    expect(loadConfig({ SERVICE_KEYS: `web:${withColon}` }).serviceKeys).toHaveLength(1);
  });

  it.each([
    ['no name', ONE, 'needs name:secret'],
    ['an empty name', `:${ONE}`, 'needs name:secret'],
    ['a name for a label that is none', `We_b:${ONE}`, 'needs name:secret'],
    ['a short secret', `web:${ONE.slice(0, 31)}`, 'at least 32 characters'],
    ['no secret', 'web:', 'at least 32 characters'],
    ['what no header carries', `web:${ONE.slice(2)}é`, 'without blanks'],
    ['a blank within', `web:${ONE} ${OTHER}`, 'white space'],
    ['quotes', `"web:${ONE}"`, 'has quotes around its value'],
    ['a name three times', `web:${ONE},web:${OTHER},web:${THIRD}`, 'more than twice'],
    ['the same secret twice', `web:${ONE},api:${ONE}`, 'the same secret twice'],
  ])('stop the start with %s, which is not quoted', (_what, value, needs) => {
    const message = messageFor({ SERVICE_KEYS: value });
    expect(message).toContain('SERVICE_KEYS');
    expect(message).toContain(needs);
    expect(message).not.toContain(value.slice(-20));
  });

  it.each([
    ['an example’s words', `web:your-service-key-goes-here-0123456789`],
    ['what repeats itself', `web:${'abcd'.repeat(10)}`],
  ])('stop it where others reach the service with %s', (_what, value) => {
    expect(messageFor({ SERVICE_KEYS: value })).toBe('');
    expect(messageFor({ ...exposed, SERVICE_KEYS: value })).toMatch(
      /^ {2}SERVICE_KEYS \(\d+ characters\) .*random ones/m,
    );
    expect(messageFor({ ...exposed, SERVICE_KEYS: `web:${ONE}` })).toBe('');
  });
});
