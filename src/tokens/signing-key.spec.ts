import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { makeSigningKey, openSigningKey, signToken, toJwk } from './signing-key.js';

const config = loadConfig({ SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M' });

describe('a signature', () => {
  // Of 256 numbers one begins with an empty byte, and is shorter in DER; half of them have one too many there.
  it('is one that others verify, however long its numbers are', () => {
    const row = makeSigningKey(config);
    const key = openSigningKey(row, config);
    if (key === null) throw new Error('The key does not open.');
    const publicKey = createPublicKey({ key: toJwk(row), format: 'jwk' });
    const lengths = new Set<number>();
    const refused = Array.from({ length: 3000 }, (_, jti) => {
      const [header = '', payload = '', signature = ''] = signToken(key, { jti }).split('.');
      const bytes = Buffer.from(signature, 'base64url');
      lengths.add(bytes.length);
      const input = Buffer.from(`${header}.${payload}`);
      return verify('sha256', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
    }).filter((isValid) => !isValid);
    expect([refused.length, [...lengths]]).toEqual([0, [64]]);
  });
});
