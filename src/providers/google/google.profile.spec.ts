import { describe, expect, it } from '@jest/globals';
import { google } from './google.js';

/** The claims of a real ID token, with an invented person. */
const claims = {
  iss: 'https://accounts.google.com',
  azp: '1234.apps.googleusercontent.com',
  aud: '1234.apps.googleusercontent.com',
  sub: '110169484474386276334',
  email: 'ada@example.com',
  email_verified: true,
  at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q',
  nonce: 'n-0S6_WzA2Mj',
  name: 'Ada Lovelace',
  picture: 'https://lh3.googleusercontent.com/a/ACg8oc=s96-c',
  given_name: 'Ada',
  family_name: 'Lovelace',
  iat: 1_767_225_600,
  exp: 1_767_229_200,
};

const profileOf = (changes: object = {}) => google.toProfile({ ...claims, ...changes });

describe('a Google profile', () => {
  it('is mapped from the claims', () => {
    expect(profileOf()).toEqual({
      subject: '110169484474386276334',
      username: null,
      displayName: 'Ada Lovelace',
      email: { address: 'ada@example.com', trust: 'verified' },
      avatarUrl: 'https://lh3.googleusercontent.com/a/ACg8oc=s96-c',
      partial: false,
    });
  });

  it('requires only the subject', () => {
    expect(google.toProfile({ sub: '1' })).toEqual({
      subject: '1',
      username: null,
      displayName: null,
      email: null,
      avatarUrl: null,
      partial: false,
    });
  });

  it.each([
    ['a gmail.com address', { email: 'ada@gmail.com' }, 'authoritative'],
    ['one in capitals', { email: 'Ada@GMAIL.com' }, 'authoritative'],
    ['a Workspace address', { hd: 'example.com' }, 'authoritative'],
    ['an address elsewhere', {}, 'verified'],
    ['an unverified gmail.com address', { email: 'a@gmail.com', email_verified: false }, 'claimed'],
    ['an unverified Workspace address', { hd: 'example.com', email_verified: false }, 'claimed'],
    ['an unverified address', { email_verified: false }, 'claimed'],
    ['an address that says nothing', { email_verified: undefined }, 'claimed'],
    ['a text for true', { email_verified: 'true' }, 'verified'],
    ['a text for false', { email_verified: 'false' }, 'claimed'],
    ['a number for true', { email_verified: 1 }, 'claimed'],
    ['a look-alike of gmail.com', { email: 'ada@notgmail.com' }, 'verified'],
    ['gmail.com in front', { email: 'ada@gmail.com.evil.test' }, 'verified'],
    ['gmail.com in the local part', { email: 'gmail.com@evil.test' }, 'verified'],
    ['a domain that is no text', { hd: { domain: 'example.com' } }, 'verified'],
    ['a domain that is null', { hd: null }, 'verified'],
  ])('assigns the right trust to %s', (_name, changes, trust) => {
    expect(profileOf(changes)?.email?.trust).toBe(trust);
  });

  it.each([
    ['a missing id', { sub: undefined }],
    ['an object', { sub: { id: '1' } }],
    ['a list', { sub: ['1'] }],
    ['a number', { sub: 110_169_484_474 }],
    ['an empty text', { sub: '' }],
    ['null', { sub: null }],
    ['a space', { sub: '1 2' }],
    ['a control character', { sub: '1\u0000' }],
    ['letters beyond ASCII', { sub: '１' }],
    ['256 characters', { sub: '1'.repeat(256) }],
  ])('is rejected with %s as its id', (_name, changes) => {
    expect(profileOf(changes)).toBeNull();
  });

  it('accepts an id of 255 characters', () => {
    expect(profileOf({ sub: 'a'.repeat(255) })?.subject).toBe('a'.repeat(255));
  });

  it.each([[undefined], [null], ['text'], [7], [[]], [[claims]]])('is rejected for %j', (raw) => {
    expect(google.toProfile(raw)).toBeNull();
  });

  it('treats hostile values as text, or drops them', () => {
    expect(
      profileOf({
        name: '<img src=x onerror=alert(1)>\u202e\u0000',
        picture: 'javascript:alert(1)',
        email: 'ada@example.com\r\nBcc: x@example.com',
      }),
    ).toMatchObject({ displayName: '<img src=x onerror=alert(1)>', avatarUrl: null, email: null });
    expect(profileOf({ name: {}, picture: [], email: 7 })).toMatchObject({
      displayName: null,
      avatarUrl: null,
      email: null,
    });
  });

  it('is not affected by the names of object members', () => {
    const raw: unknown = JSON.parse('{"sub":"1","__proto__":{"name":"x"},"constructor":{"a":1}}');
    expect(google.toProfile(raw)?.displayName).toBeNull();
    expect(({} as { name?: string }).name).toBeUndefined();
  });
});
