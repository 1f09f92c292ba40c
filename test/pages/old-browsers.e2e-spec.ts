import { describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import { me, sessionCookie, signedIn } from '../support/accounts.js';
import { namesOf } from '../support/cookies.js';
import { raw } from '../support/raw.js';

/* What browsers of the last five years send with a form: Safari has Fetch Metadata since 16.4, and tools strip headers. */

const latchkey = accountSuite();

const HTML = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };

async function signOut(headers: (origin: string) => Record<string, string>): Promise<number> {
  const browser = await signedIn(latchkey, 'google');
  const cookie = `${namesOf(latchkey).session}=${await sessionCookie(browser)}`;
  const { status } = await raw(`${latchkey.url}/auth/logout`, {
    method: 'POST',
    headers: { ...HTML, cookie, ...headers(new URL(latchkey.url).origin) },
  });
  expect((await me(browser).catch(() => null)) === null).toBe(status === 303);
  return status;
}

describe('a form of our pages', () => {
  it.each([
    [
      'all of it',
      (origin: string) => ({
        origin,
        referer: `${origin}/account`,
        'sec-fetch-site': 'same-origin',
      }),
    ],
    [
      'Origin and Referer (Safari 15)',
      (origin: string) => ({ origin, referer: `${origin}/account` }),
    ],
    ['Origin alone', (origin: string) => ({ origin })],
    ['Referer alone', (origin: string) => ({ referer: `${origin}/account` })],
    [
      'an opaque Origin, and Referer',
      (origin: string) => ({ origin: 'null', referer: `${origin}/account` }),
    ],
    [
      'an opaque Origin, and Sec-Fetch-Site',
      () => ({ origin: 'null', 'sec-fetch-site': 'same-origin' }),
    ],
    ['Sec-Fetch-Site alone', () => ({ 'sec-fetch-site': 'same-origin' })],
  ])('is taken with %s', async (_what, headers) => {
    expect(await signOut(headers)).toBe(303);
  });

  it.each([
    ['the Referer of another site', () => ({ referer: 'https://evil.test/' })],
    ['an opaque Origin alone', () => ({ origin: 'null' })],
    [
      'an opaque Origin, and the Referer of another site',
      () => ({ origin: 'null', referer: 'https://evil.test/' }),
    ],
    [
      'our Referer, from another site',
      (origin: string) => ({ referer: `${origin}/`, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'another Origin, and our Referer',
      (origin: string) => ({ origin: 'https://evil.test', referer: `${origin}/` }),
    ],
  ])('is refused with %s', async (_what, headers) => {
    expect(await signOut(headers)).toBe(403);
  });
});
