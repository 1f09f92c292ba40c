import { describe, expect, it } from '@jest/globals';
import { readOauth1Callback, readOauth2Callback } from './callback-answer.js';

const granted = { state: 'abc', code: '4/0Ax' };
const base = { stateOrToken: 'abc', issuer: null };

describe('an OAuth 2.0 response', () => {
  it.each([
    ['a code', granted, 'granted'],
    [
      'a code, and what else providers add',
      { ...granted, scope: 'a b', authuser: '0', prompt: 'none', hd: 'example.com' },
      'granted',
    ],
    ['a code of 4096 characters', { ...granted, code: 'x'.repeat(4096) }, 'granted'],
    ['a refusal', { state: 'abc', error: 'access_denied' }, 'denied'],
    [
      'Facebook’s refusal',
      {
        state: 'abc',
        error: 'access_denied',
        error_code: '200',
        error_reason: 'user_denied',
        error_description: 'Permissions error',
      },
      'denied',
    ],
    ['a refusal with a code', { ...granted, error: 'access_denied' }, 'denied'],
    ['another error', { state: 'abc', error: 'server_error' }, 'failed'],
    ['an error with a code', { ...granted, error: 'server_error' }, 'failed'],
    ['an error without a name', { ...granted, error: '' }, 'failed'],
    [
      'Facebook’s error_code alone',
      { state: 'abc', error_code: '1349126', error_message: 'App not active' },
      'failed',
    ],
    ['a code with an error_code', { ...granted, error_code: '1' }, 'failed'],
    ['neither code nor error', { state: 'abc' }, 'failed'],
    [
      'markup in the description',
      { state: 'abc', error: 'x', error_description: '<script>' },
      'failed',
    ],
  ])('with %s', (_name, query, outcome) => {
    expect(readOauth2Callback(query)).toMatchObject({ ...base, outcome });
  });

  it.each([
    [{ error: 'server_error' }, { reason: 'server_error' }],
    [{ error_code: '1349126' }, { reason: '1349126' }],
    [
      { error: 'access_denied', error_code: '200' },
      { reason: 'access_denied', providerCode: '200' },
    ],
    [{ error: 'hunter2' }, { reason: 'unknown error' }],
    [{ error: 'hunter2', error_code: '7' }, { reason: '7' }],
    [{ error_code: 'hunter2' }, { reason: 'unknown error' }],
    [{ error_code: '12345678901' }, { reason: 'unknown error' }],
    [{}, { reason: 'no code' }],
  ])('says why, by known codes only: %j', (query, log) => {
    expect(readOauth2Callback({ state: 'abc', ...query })).toMatchObject({ log });
  });

  it.each([
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
  ])('with %s is that of somebody who was not to be asked', (error) => {
    expect(readOauth2Callback({ state: 'abc', error })).toMatchObject({ outcome: 'unasked' });
  });

  it('reads the issuer, if any', () => {
    expect(readOauth2Callback({ ...granted, iss: 'https://accounts.google.com' })).toEqual({
      stateOrToken: 'abc',
      issuer: 'https://accounts.google.com',
      outcome: 'granted',
    });
  });

  it.each([
    ['no query', {}],
    ['no state', { code: 'x' }],
    ['an empty state', { state: '', code: 'x' }],
    ['two states', { state: ['abc', 'abc'], code: 'x' }],
    ['two codes', { state: 'abc', code: ['a', 'b'] }],
    ['a bracketed state', { 'state[]': 'abc', code: 'x' }],
    ['a bracketed state beside a plain one', { ...granted, 'state[]': 'abc' }],
    ['a bracketed code', { state: 'abc', 'code[x]': 'y' }],
    ['a bracketed error', { ...granted, 'error[]': 'access_denied' }],
    ['an object for a code', { state: 'abc', code: { x: 'y' } }],
    ['anything that is repeated', { ...granted, scope: ['a', 'b'] }],
    ['an empty code', { state: 'abc', code: '' }],
    ['a code with a space', { state: 'abc', code: 'a b' }],
    ['a code with a control character', { state: 'abc', code: 'a\u0000b' }],
    ['a code with a line end', { state: 'abc', code: 'a\r\nb' }],
    ['a code beyond ASCII', { state: 'abc', code: 'é' }],
    ['a code of 8 KB', { state: 'abc', code: 'x'.repeat(8192) }],
    ['a state of 513 characters', { state: 'x'.repeat(513), code: 'x' }],
    ['a state beyond ASCII', { state: 'ａbc', code: 'x' }],
    ['an empty issuer', { ...granted, iss: '' }],
    ['a name with spaces', { ...granted, 'a b': 'c' }],
    ['null', null],
    ['a text', 'state=abc&code=x'],
    ['a list', [granted]],
  ])('is invalid with %s', (_name, query) => {
    expect(readOauth2Callback(query)).toBeNull();
  });

  it('is not affected by the names of object members', () => {
    const query: unknown = JSON.parse('{"state":"abc","code":"x","__proto__":"y"}');
    expect(readOauth2Callback(query)).toEqual({ ...base, outcome: 'granted' });
  });
});

describe('an OAuth 1.0a response', () => {
  const answer = { oauth_token: 'abc', oauth_verifier: 'xyz' };

  it('is granted with a token and a verifier', () => {
    expect(readOauth1Callback(answer)).toEqual({ ...base, outcome: 'granted' });
  });

  it('is denied with X’s denied token', () => {
    expect(readOauth1Callback({ denied: 'abc' })).toMatchObject({ ...base, outcome: 'denied' });
  });

  it.each([
    ['no query', {}],
    ['no verifier', { oauth_token: 'abc' }],
    ['an empty verifier', { oauth_token: 'abc', oauth_verifier: '' }],
    ['no token', { oauth_verifier: 'xyz' }],
    ['two tokens', { ...answer, oauth_token: ['abc', 'abc'] }],
    ['two verifiers', { ...answer, oauth_verifier: ['x', 'y'] }],
    ['a bracketed verifier', { oauth_token: 'abc', 'oauth_verifier[]': 'xyz' }],
    ['a token of 513 characters', { ...answer, oauth_token: 'x'.repeat(513) }],
    ['a verifier with a space', { ...answer, oauth_verifier: 'x y' }],
    ['two denied tokens', { denied: ['abc', 'abc'] }],
    ['an empty denied token', { denied: '' }],
    ['a denied token beside a token without a verifier', { denied: 'abc', oauth_token: 'abc' }],
    ['an OAuth 2.0 answer', granted],
    ['null', null],
  ])('is invalid with %s', (_name, query) => {
    expect(readOauth1Callback(query)).toBeNull();
  });
});
