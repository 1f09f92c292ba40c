import { describe, expect, it } from '@jest/globals';
import { twitter } from './twitter.js';

/** A real answer of verify_credentials.json, with an invented person. */
const user = {
  id: 7_588_892,
  id_str: '7588892',
  name: 'Ada Lovelace',
  screen_name: 'ada',
  location: 'London',
  description: '…',
  url: null,
  protected: false,
  followers_count: 10,
  friends_count: 5,
  created_at: 'Sat May 09 17:58:22 +0000 2009',
  verified: false,
  default_profile_image: false,
  profile_image_url_https: 'https://pbs.twimg.com/profile_images/1/x_normal.jpg',
  email: 'ada@example.com',
};

const profileOf = (changes: object = {}) => twitter.toProfile({ ...user, ...changes });

describe('an X profile', () => {
  it('is mapped from the user object', () => {
    expect(profileOf()).toEqual({
      subject: '7588892',
      username: 'ada',
      displayName: 'Ada Lovelace',
      email: { address: 'ada@example.com', trust: 'verified' },
      avatarUrl: 'https://pbs.twimg.com/profile_images/1/x.jpg',
      partial: false,
    });
  });

  it('keeps an id beyond the range of a number', () => {
    const raw: unknown = JSON.parse('{"id":1234567890123456789,"id_str":"1234567890123456789"}');
    expect(twitter.toProfile(raw)?.subject).toBe('1234567890123456789');
  });

  it('is partial when X refused the profile', () => {
    const known = { id_str: '7588892', screen_name: 'ada', refused: true };
    expect(twitter.toProfile(known)).toEqual({
      subject: '7588892',
      username: 'ada',
      displayName: null,
      email: null,
      avatarUrl: null,
      partial: true,
    });
  });

  it.each([
    ['null', { email: null }],
    ['left out', { email: undefined }],
    ['empty', { email: '' }],
    ['no text', { email: { address: 'ada@example.com' } }],
  ])('has no address when it is %s', (_name, changes) => {
    expect(profileOf(changes)?.email).toBeNull();
  });

  it.each([
    ['https://pbs.twimg.com/x/a_normal.png', 'https://pbs.twimg.com/x/a.png'],
    ['https://pbs.twimg.com/x/a_normal.jpeg', 'https://pbs.twimg.com/x/a.jpeg'],
    ['https://pbs.twimg.com/x/a_400x400.jpg', 'https://pbs.twimg.com/x/a_400x400.jpg'],
    ['https://pbs.twimg.com/a_normal.jpg/b.jpg', 'https://pbs.twimg.com/a_normal.jpg/b.jpg'],
    ['http://pbs.twimg.com/x/a_normal.png', null],
    ['javascript:alert(1)//_normal.jpg', null],
    [null, null],
    [{}, null],
  ])('replaces the thumbnail %j by the original', (picture, expected) => {
    expect(profileOf({ profile_image_url_https: picture })?.avatarUrl).toBe(expected);
  });

  it('has no picture when it is the default one', () => {
    expect(profileOf({ default_profile_image: true })?.avatarUrl).toBeNull();
  });

  it.each([
    ['missing', { id_str: undefined }],
    ['an object', { id_str: { id: '7588892' } }],
    ['a list', { id_str: ['7588892'] }],
    ['a number', { id_str: 7_588_892 }],
    ['empty', { id_str: '' }],
  ])('is rejected when its id is %s', (_name, changes) => {
    expect(profileOf(changes)).toBeNull();
  });

  it.each([[undefined], [null], ['{"id_str":"1"}'], [[user]], [{ refused: true }]])(
    'is rejected for %j',
    (raw) => {
      expect(twitter.toProfile(raw)).toBeNull();
    },
  );

  it('ignores a partial marker sent by X', () => {
    expect(profileOf({ refused: 'yes' })).toBeNull();
  });

  it('treats names as text', () => {
    const name = '<script>alert(1)</script>\u0007';
    expect(profileOf({ name, screen_name: 'a\u202eb' })).toMatchObject({
      displayName: '<script>alert(1)</script>',
      username: 'a b',
    });
    expect(profileOf({ name: 'x'.repeat(5000) })?.displayName).toHaveLength(200);
  });
});
