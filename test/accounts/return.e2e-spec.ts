import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import {
  connected,
  letTimePass,
  me,
  sessionList,
  signedIn,
  signedInWith,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser, locationOf, paramsOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf, linkIn } from '../support/page.js';

/** Whatever stands in between, a person ends where they wanted to go. */

const APP = 'https://app.test/deep?a=b&c=d';

let latchkey: Latchkey;
let ada: Somebody;

beforeAll(async () => {
  latchkey = await startLatchkey({ ALLOWED_ORIGINS: 'https://app.test' });
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
  ada = somebody({ email: 'ada@example.test' });
});

afterAll(() => latchkey.close());

/** Where the form of a question leads. */
function actionOf({ text }: Response): string {
  return (/<form\b[^>]*action="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
}

/** Follows a button of the sign-in page to a provider and back. Returns the callback's answer. */
async function follow(browser: Browser, page: Response, words: string, person: Somebody) {
  const start = await browser.get(linkIn(page, words));
  return browser.callback(await browser.consent(locationOf(start), person));
}

describe('after a sign-in refused for its address', () => {
  let browser: Browser;
  /** What the sign-in the old way ended in. */
  let back: Response;

  beforeEach(async () => {
    await signedIn(latchkey, 'google', ada);
    browser = new Browser(latchkey);
    const refused = await browser.signIn('twitter', somebody({ email: 'ada@example.test' }), {
      returnTo: APP,
    });
    const page = await browser.get(locationOf(refused));
    back = await follow(browser, page, 'Continue with Google', ada);
  });

  it.each([
    ['yes', ['google', 'twitter']],
    ['no', ['google']],
  ])('the confirmation page is shown, and %s redirects', async (decision, expected) => {
    const question = await browser.get(locationOf(back));
    expect(headingOf(question)).toBe('Connect X to your account?');
    const answer = await browser.submit(actionOf(question), { decision });
    expect([answer.status, locationOf(answer)]).toEqual([303, APP]);
    expect(await connected(browser)).toEqual(expected);
  });

  it('the confirmation page is skipped once it was answered elsewhere', async () => {
    await browser.apiSend('delete', '/auth/pending-link');
    const answer = await browser.get(locationOf(back));
    expect([answer.status, locationOf(answer)]).toEqual([302, APP]);
  });
});

it.each(['https://evil.test/', '//evil.test', '/\\evil.test'])(
  'the account page does not redirect to %s',
  async (returnTo) => {
    const browser = await signedIn(latchkey, 'google', ada);
    const page = await browser.get(`/account?returnTo=${encodeURIComponent(returnTo)}`);
    expect(page.status).toBe(200);
  },
);

describe('re-authentication', () => {
  let browser: Browser;

  beforeEach(async () => {
    browser = await signedInWith(latchkey, ['google', ada], ['twitter', somebody()]);
    await letTimePass(latchkey);
  });

  it('can be retried after a failure, with the same purpose and target', async () => {
    const before = (await sessionList(browser))[0];
    const asked = await browser.get('/account/disconnect/twitter');
    const start = await browser.get(new URL(linkIn(asked, 'Continue with Google')).href);
    const denied = await browser.callback(
      await browser.consent(locationOf(start), { decision: 'deny' }),
    );
    expect(paramsOf(denied)).toMatchObject({
      error: 'access_denied',
      purpose: 'reauthenticate',
      returnTo: '/account/disconnect/twitter',
    });
    const page = await browser.get(locationOf(denied));
    expect(linkIn(page, 'Continue with Google')).toBe(
      `${latchkey.url}/auth/google?prompt=login&returnTo=${encodeURIComponent('/account/disconnect/twitter')}`,
    );
    const back = await follow(browser, page, 'Continue with Google', ada);
    expect(headingOf(await browser.get(locationOf(back)))).toBe('Disconnect X?');
    const after = (await sessionList(browser))[0];
    expect(after?.id).toBe(before?.id);
    expect(after?.authenticatedAt).not.toBe(before?.authenticatedAt);
  });

  it('redirects to the front end whose form asked for it', async () => {
    const target = `/auth/facebook/link?returnTo=${encodeURIComponent(APP)}`;
    const asked = await browser.submit(target);
    expect(asked.status).toBe(403);
    const again = new URL(linkIn(asked, 'Continue with Google'));
    expect(again.searchParams.get('returnTo')).toBe(APP);
    expect((await me(browser)).identities).toHaveLength(2);
  });
});
