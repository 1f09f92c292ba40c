import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isPlaceholder, weaknessOf } from './secret-strength.js';

describe('weaknessOf', () => {
  it.each([
    ['short', 'has fewer than 32 characters'],
    ['latchkey-development-secret-not-for-production', 'still has the words of an example'],
    ['replace-me-with-32-random-characters-or-more', 'still has the words of an example'],
    ['a'.repeat(64), 'repeats itself'],
    ['abc123'.repeat(8), 'repeats itself'],
    [`${'Xy7$kQ2!'.repeat(5)}Xy7`, 'repeats itself'],
    ['my-very-secret-session-password-2026', 'is made of words'],
    ['correct horse battery staple and more', 'is made of words'],
    ['a-secret-of-this-deployment-alone-01', 'is made of words'],
    ['ChangeMe_ChangeMe2_latchkey_session!', 'still has the words of an example'],
  ])('%s', (secret, weakness) => {
    expect(weaknessOf(secret)).toBe(weakness);
  });

  it.each([
    ['base64', 48],
    ['base64url', 24],
    ['hex', 16],
    ['hex', 32],
  ] as const)('accepts random %s of %d bytes', (encoding, bytes) => {
    const weaknesses = Array.from({ length: 500 }, () =>
      weaknessOf(randomBytes(bytes).toString(encoding)),
    ).filter((weakness) => weakness !== null);
    expect(weaknesses).toEqual([]);
  });

  it('accepts a UUID', () => {
    expect(weaknessOf('3f2b8c1e-9d47-4a60-b5f8-7e0c6d21a934')).toBeNull();
  });
});

describe('isPlaceholder', () => {
  it.each([
    'changeme',
    'change-me-please',
    'your-client-secret',
    'put-yours-here',
    'xxxxxxxx',
    '<secret>',
    'TODO',
  ])('%s is one', (secret) => expect(isPlaceholder(secret)).toBe(true));

  it.each(['GOCSPX-kAcSOqF21Fu85e7zjz7ZN2U4ZR', '0123456789abcdef0123456789abcdef', 'Put7aB-x'])(
    '%s is not one',
    (secret) => expect(isPlaceholder(secret)).toBe(false),
  );
});
