import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { parseForm } from './provider-http.js';

describe('parseForm', () => {
  it.each([
    ['a=b', { a: 'b' }],
    [
      'oauth_token=1-a&oauth_token_secret=b&user_id=1',
      { oauth_token: '1-a', oauth_token_secret: 'b', user_id: '1' },
    ],
    ['oauth_callback_confirmed=true\n', { oauth_callback_confirmed: 'true' }],
    ['a=%41+b&c=', { a: 'A b', c: '' }],
  ])('parses %j', (text, fields) => {
    expect(parseForm(text)).toEqual(fields);
  });

  it.each([
    [''],
    ['a'],
    ['=b'],
    ['a=b&'],
    ['&a=b'],
    ['a=b&&c=d'],
    ['a=b&a=c'],
    ['a=b c'],
    ['a=b;c=d'],
    ['a[b]=c'],
    ['{"access_token":"x"}'],
    ['<!doctype html><p>access_token=x&oauth_token=y</p>'],
    ['<?xml version=\'1.0\'?><errors><error code="415">no</error></errors>'],
    ['oauth_token=x&<!-- oauth_token_secret=y -->'],
    ['oauth_token=x\r\nSet-Cookie: a=b'],
    ['oauth_token="x"'],
    ['__proto__=x&__proto__=y'],
  ])('rejects %j', (text) => {
    expect(parseForm(text)).toBeUndefined();
  });

  it('does not pollute prototypes', () => {
    expect(parseForm('constructor=x')).toEqual({ constructor: 'x' });
    parseForm('__proto__=x');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('is fast on long input', async () => {
    // Jest's five seconds are for all rounds; it looks at the clock between them.
    for (let round = 0; round < 5; round += 1) {
      expect(parseForm(`a=${'%'.repeat(500_000)}"`)).toBeUndefined();
      expect(parseForm('a=b&'.repeat(200_000))).toBeUndefined();
      await nextTurn();
    }
  });
});
