import { describe, expect, it } from '@jest/globals';
import { errorMessage, signInLabel } from '../../client/src/messages.js';
import { createLatchkeyNative } from '../../client/src/native.js';
import { errorCodes } from '../../src/common/errors/app-error.js';
import { languages } from '../../src/pages/text/words.js';

it.each(languages)('says in $language what the pages say, for every code', (words) => {
  for (const code of errorCodes) {
    expect(errorMessage(code, words.language)).toBe(words.errors.codes[code]);
  }
});

it.each(languages)('says in $language what the links of the pages say', (words) => {
  expect(signInLabel('Google', words.language)).toBe(words.signIn.continueWith('Google'));
  expect(signInLabel('$&', words.language)).toBe(words.signIn.continueWith('$&'));
});

it('has a sentence for a code that it does not know', () => {
  const ofANewerService = 'brewing' as 'internal_error';
  expect(errorMessage(ofANewerService)).toBe(errorMessage('internal_error'));
});

it.each([undefined, '', 'localhost:3000', '/id'])(
  'baseUrl %s is refused in a sentence',
  (baseUrl) => {
    expect(() => createLatchkeyNative({ baseUrl: baseUrl as string })).toThrow(
      'baseUrl has to be Latchkey’s PUBLIC_URL, such as https://id.example.com',
    );
  },
);

describe('the language', () => {
  it.each([
    ['de-AT', 'Melden Sie sich zuerst an.'],
    ['PT-br', 'Faça login primeiro.'],
    ['zh-Hant', 'Sign in first.'],
    ['', 'Sign in first.'],
    ['__proto__', 'Sign in first.'],
    [undefined, 'Sign in first.'],
  ])('for %s: %s', (locale, sentence) => {
    expect(errorMessage('unauthenticated', locale)).toBe(sentence);
    const isEnglish = sentence === 'Sign in first.';
    expect(signInLabel('X', locale) === 'Continue with X').toBe(isEnglish);
  });
});
