import { describe, expect, it } from '@jest/globals';
import { facebook } from './facebook.js';

const picture =
  'https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=1&ext=1769817600&hash=x';

/** A real answer of `me?fields=id,name,email,picture…`, with an invented person. */
const user = {
  id: '10158000000000001',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  picture: { data: { height: 50, is_silhouette: false, url: picture, width: 50 } },
};

const profileOf = (changes: object = {}) => facebook.toProfile({ ...user, ...changes });

describe('a Facebook profile', () => {
  it('is mapped from the Graph response, with a claimed address', () => {
    expect(profileOf()).toEqual({
      subject: '10158000000000001',
      username: null,
      displayName: 'Ada Lovelace',
      email: { address: 'ada@example.com', trust: 'claimed' },
      avatarUrl: picture,
      partial: false,
    });
  });

  it('claims an address whatever the response says about it', () => {
    const trust = profileOf({
      email: 'ada@gmail.com',
      email_verified: true,
      verified: true,
    })?.email;
    expect(trust).toEqual({ address: 'ada@gmail.com', trust: 'claimed' });
  });

  it('requires only the id', () => {
    expect(facebook.toProfile({ id: '1', name: 'Ada' })).toEqual({
      subject: '1',
      username: null,
      displayName: 'Ada',
      email: null,
      avatarUrl: null,
      partial: false,
    });
  });

  it.each([
    ['the silhouette, as text', { data: { is_silhouette: 'true', url: picture } }, null],
    ['the silhouette', { data: { is_silhouette: true, url: picture } }, null],
    ['a text', picture, null],
    ['a list', [picture], null],
    ['null', null, null],
    ['empty', {}, null],
    ['without a URL', { data: {} }, null],
    ['an http URL', { data: { url: 'http://fbsbx.test/x' } }, null],
    ['a script', { data: { url: 'javascript:alert(1)' } }, null],
    ['an object for a URL', { data: { url: {} } }, null],
    ['nothing but a URL', { data: { url: picture } }, picture],
  ])('has a picture only if it is a real one: %s', (_name, value, expected) => {
    expect(profileOf({ picture: value })?.avatarUrl).toBe(expected);
  });

  it.each([
    ['missing', { id: undefined }],
    ['an object', { id: { value: '1' } }],
    ['a list', { id: ['1'] }],
    ['a number', { id: 10_158_000_001 }],
    ['empty', { id: '' }],
    ['with a line end', { id: '1\n' }],
  ])('is rejected when its id is %s', (_name, changes) => {
    expect(profileOf(changes)).toBeNull();
  });

  it.each([[undefined], [null], ['text'], [[user]], [{ error: { code: 190 } }]])(
    'is rejected for %j',
    (raw) => {
      expect(facebook.toProfile(raw)).toBeNull();
    },
  );

  it('treats a name as text', () => {
    expect(profileOf({ name: '"><svg/onload=alert(1)>\u2028' })?.displayName).toBe(
      '"><svg/onload=alert(1)>',
    );
  });
});
