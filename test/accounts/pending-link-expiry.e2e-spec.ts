import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  connected,
  sessionAnswer,
  sessionCookie,
  signedIn,
  somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { cookieOf, namesOf } from '../support/cookies.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ ATTEMPT_SECONDS: '1' });
});

afterAll(() => latchkey.close());

it('a pending link expires, even in a browser that keeps the cookie longer', async () => {
  const known = somebody({ email: 'ada@example.test' });
  const owner = await signedIn(latchkey, 'google', known);
  const browser = new Browser(latchkey);
  const refused = await browser.signIn('twitter', somebody({ email: 'ada@example.test' }));
  const { session, pending } = namesOf(latchkey);
  const { value, flags } = cookieOf(refused, pending);
  expect(flags).toContain('Max-Age=1');
  expect((await sessionAnswer(browser)).pendingLink).not.toBeNull();

  await sleep(1100);
  expect(await browser.cookies()).not.toHaveProperty(pending);
  const own = await sessionCookie(owner);
  const headers = { Cookie: `${session}=${own}; ${pending}=${value}` };
  const { body } = await owner.api('/auth/session', headers);
  expect(body).toMatchObject({ user: { email: 'ada@example.test' }, pendingLink: null });
  expect((await owner.apiSend('post', '/auth/pending-link', headers)).status).toBe(404);
  expect(await connected(owner)).toEqual(['google']);
});
