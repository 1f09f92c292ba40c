import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { copyOf, statusOf } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import {
  outcomeOf,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';

/* Who signs out leaves nothing behind: neither a session that they did not know of, nor the answer that leads to one. */

const latchkey = accountSuite();
let ada: Somebody;

beforeEach(() => {
  ada = somebody();
});

const signOut = async (browser: Browser) => (await browser.apiSend('post', '/auth/logout')).status;
const sessions = () => latchkey.database.selectFrom('sessions').select('id').execute();
const attemptsOf = async (browser: Browser) =>
  Object.keys(await browser.cookies()).filter((name) => name.includes('-attempt-'));

/** A callback that is answered, and whose answer gets lost. */
async function loseAnswerTo(browser: Browser, callback: string): Promise<string> {
  return outcomeOf(await (await copyOf(latchkey, browser)).callback(callback));
}

describe('signing out after an answer was lost', () => {
  it('of a step-up ends the session, and nobody who opens the callback again is signed in', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const callback = await browser.consent(await browser.start('google', { prompt: 'login' }), ada);
    expect(await loseAnswerTo(browser, callback)).toBe('/account');
    expect(await statusOf(browser)).toBe(401);
    expect(await signOut(browser)).toBe(204);
    expect([await sessions(), await attemptsOf(browser)]).toEqual([[], []]);
    await browser.callback(callback);
    expect(await statusOf(browser)).toBe(401);
  });

  it('of another user’s sign-in ends theirs', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const callback = await browser.consent(await browser.start('google'), somebody());
    expect(await loseAnswerTo(browser, callback)).toBe('/account');
    expect(await signOut(browser)).toBe(204);
    expect(await sessions()).toEqual([]);
    await browser.callback(callback);
    expect(await statusOf(browser)).toBe(401);
  });

  it('of a first sign-in takes the answer with it', async () => {
    const browser = new Browser(latchkey);
    const callback = await browser.consent(await browser.start('google'), ada);
    expect(await loseAnswerTo(browser, callback)).toBe('/account');
    expect(await signOut(browser)).toBe(204);
    await browser.callback(callback);
    expect(await statusOf(browser)).toBe(401);
  });

  it('of a sign-in that was refused leaves no link pending', async () => {
    await signedIn(latchkey, 'google', somebody({ email: 'ada@gmail.com' }));
    const browser = new Browser(latchkey);
    const person = somebody({ email: 'ada@gmail.com' });
    const callback = await browser.consent(await browser.start('twitter'), person);
    expect(await loseAnswerTo(browser, callback)).toBe('account_exists');
    await signOut(browser);
    await browser.callback(callback);
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
  });
});

describe('signing out while another tab steps up', () => {
  it('with the cookie from before ends the session', async () => {
    const browser = await signedIn(latchkey, 'google', ada);
    const callback = await browser.consent(await browser.start('google', { prompt: 'login' }), ada);
    const tab = await copyOf(latchkey, browser);
    await tab.callback(callback);
    expect(await statusOf(tab)).toBe(200);
    expect(await signOut(browser)).toBe(204);
    expect(await statusOf(tab)).toBe(401);
  });

  it('at once leaves nobody signed in', async () => {
    const left: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const browser = await signedIn(latchkey, 'google', ada);
      const start = await browser.start('google', { prompt: 'login' });
      const callback = await browser.consent(start, ada);
      const tab = await copyOf(latchkey, browser);
      await Promise.all([sleep(round * 2).then(() => signOut(browser)), tab.callback(callback)]);
      left.push(await statusOf(tab));
    }
    expect(new Set(left)).toEqual(new Set([401]));
  });
});

it('a session that somebody else has in another browser is not found by a cookie from before', async () => {
  const browser = await signedIn(latchkey, 'google', ada);
  const other = await signedIn(latchkey, 'google', ada);
  const before = await copyOf(latchkey, browser);
  await signOut(browser);
  expect(await signOut(before)).toBe(204);
  expect(await statusOf(other)).toBe(200);
});
