import { describe, expect, it } from '@jest/globals';
import { emailKey, isVerified } from './email-key.js';

describe('emailKey', () => {
  it('folds ASCII letters', () => {
    expect(emailKey('Ada.Lovelace@EXAMPLE.com')).toBe('ada.lovelace@example.com');
  });

  it.each([
    ['the Kelvin sign', '\u212aate@example.com', 'kate@example.com'],
    ['a long s', 'u\u017fer@example.com', 'user@example.com'],
    ['a dotted I', '\u0130da@example.com', 'ida@example.com'],
    ['a Cyrillic a', '\u0430da@example.com', 'ada@example.com'],
    ['full-width letters', '\uff21da@example.com', 'ada@example.com'],
    ['an accent', 'àda@example.com', 'ada@example.com'],
    ['a decomposed accent', 'a\u0300da@example.com', 'àda@example.com'],
    ['a zero-width space', 'a\u200bda@example.com', 'ada@example.com'],
    ['a dot in gmail.com', 'a.da@gmail.com', 'ada@gmail.com'],
    ['a tag', 'ada+x@gmail.com', 'ada@gmail.com'],
    ['googlemail.com', 'ada@googlemail.com', 'ada@gmail.com'],
    ['a dot at the end', 'ada@example.com.', 'ada@example.com'],
  ])('tells %s apart', (_name, one, other) => {
    expect(emailKey(one)).not.toBe(emailKey(other));
  });

  it('is the same when it is made of a key', () => {
    expect(emailKey(emailKey('ADA@Example.com'))).toBe('ada@example.com');
  });
});

describe('isVerified', () => {
  it.each([
    ['authoritative', true],
    ['verified', true],
    ['claimed', false],
    [null, false],
    ['VERIFIED', false],
    ['', false],
  ])('of %j is %j', (trust, expected) => {
    expect(isVerified(trust)).toBe(expected);
  });
});
