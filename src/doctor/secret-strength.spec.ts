import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { estimatedBits, weaknessOf } from './secret-strength.js';

describe('weaknessOf', () => {
  it.each([
    ['short', 'has fewer than 32 characters'],
    ['a'.repeat(64), 'repeats itself'],
    ['abc123'.repeat(8), 'repeats itself'],
    [`${'Xy7$kQ2!'.repeat(5)}Xy7`, 'repeats itself'],
    ['abcdefghijklmnopqrstuvwxyz0123456789', 'follows the order of the alphabet'],
    ['9876543210zyxwvutsrqponmlkjihgfedcba', 'follows the order of the alphabet'],
    ['azazzazzaaazzazazazzzaaazzazaazzazaz', 'has too few different characters'],
    ['my-very-secret-session-password-2026', 'is made of words'],
    ['correct horse battery staple and more', 'is made of words'],
    ['a-secret-of-this-deployment-alone-01', 'is made of words'],
    ['ChangeMe_ChangeMe2_latchkey_session!', 'is made of words'],
  ])('%s', (secret, weakness) => {
    expect(weaknessOf(secret, 32)).toBe(weakness);
  });

  it.each([
    ['base64', 48],
    ['base64url', 24],
    ['hex', 16],
    ['hex', 32],
  ] as const)('finds nothing wrong with random %s of %d bytes', (encoding, bytes) => {
    const weaknesses = Array.from({ length: 500 }, () =>
      weaknessOf(randomBytes(bytes).toString(encoding), 32),
    ).filter((weakness) => weakness !== null);
    expect(weaknesses).toEqual([]);
  });

  it('finds nothing wrong with a UUID', () => {
    expect(weaknessOf('3f2b8c1e-9d47-4a60-b5f8-7e0c6d21a934', 32)).toBeNull();
  });
});

describe('estimatedBits', () => {
  it.each([
    ['aaaa', 0],
    ['abab', 4],
    ['abcd', 8],
  ])('%s: %d', (secret, bits) => {
    expect(estimatedBits(secret)).toBeCloseTo(bits);
  });
});
