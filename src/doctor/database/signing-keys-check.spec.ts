import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load-config.js';
import { makeSigningKey } from '../../tokens/signing-key.js';
import { checkSigningKeys } from './signing-keys-check.js';

const OLD = 'O7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const NEW = 'N7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const NOW = 1_790_000_000_000;

const [old, fresh] = [OLD, NEW].map((secret) => loadConfig({ SESSION_SECRET: secret }));

function row(config = old, number = 1) {
  if (config === undefined) throw new Error('There is no configuration.');
  const times = { created_at: NOW, signs_from: NOW, published_until: NOW + 1 };
  return { ...makeSigningKey(config), number, ...times };
}

describe('the check of signing keys', () => {
  it('names the one that signs', () => {
    const key = row();
    expect(old && checkSigningKeys(old, [key], NOW)).toMatchObject({
      status: 'ok',
      message: `Tokens are signed by ${key.kid}.`,
    });
  });

  it.each([
    ['none there', old, [], 'ok', 'first start makes one'],
    ['none that opens', fresh, [row()], 'warning', 'No secret in SESSION_SECRET opens'],
    ['a newer one that does not open', old, [row(fresh, 2), row()], 'warning', 'do not open'],
    ['an older one that does not open', fresh, [row(fresh, 2), row()], 'ok', 'are signed by'],
    ['a secret in its file', loadConfig({}), [row()], 'ok', 'There are signing keys: 1.'],
  ])('says so: %s', (_what, config, rows, status, message) => {
    expect(config && checkSigningKeys(config, rows, NOW)).toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
  });
});
