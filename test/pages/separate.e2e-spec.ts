import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { cookieNames } from '../../src/sessions/session-cookie.js';
import { copyOf, expectPage } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  me,
  outcomeOf,
  sessionAnswer,
  signedIn,
  somebody,
  type Somebody,
} from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { formIn, readOn } from '../support/page.js';
import { identityRows } from '../support/rows.js';

/* "That is not me", for the owner of a mailbox whose address another account has merely verified. */

const ADDRESS = 'ada@gmail.com';
const START = 'Start a new account';
const latchkey = accountSuite();
let squatters: Browser;
let squatter: Somebody;
let owner: Somebody;
let browser: Browser;

beforeEach(async () => {
  squatter = somebody({ email: ADDRESS, name: 'First' });
  squatters = await signedIn(latchkey, 'twitter', squatter);
  owner = somebody({ email: ADDRESS, name: 'Ada' });
  browser = new Browser(latchkey);
});

/** The page that a refused sign-in leads to. */
async function refused(query: Record<string, string> = {}): Promise<Response> {
  const response = await browser.signIn('google', owner, query);
  expect(outcomeOf(response)).toBe('account_exists');
  return browser.get(locationOf(response));
}

describe('the page after a refused sign-in', () => {
  it('says what an account of one’s own does, and makes one', async () => {
    const page = await refused();
    expect(readOn(page)).toContain(
      `Is that account not yours? Start a new account with Google. It gets the address ${ADDRESS}.`,
    );
    const form = formIn(page, START);
    expect(form).toEqual(['/account/separate', { decision: 'separate' }]);
    const answer = await browser.submit(form[0] + '?', form[1]);
    expect([answer.status, locationOf(answer)]).toEqual([303, '/account']);
    const { lastSignIn } = cookieNames(latchkey.config.publicUrl);
    expect((await browser.cookies())[lastSignIn]).toBe('google');
    const account = await browser.get('/account');
    expectPage(account, 200, 'Ada');
    expect(readOn(account)).toContain(`${ADDRESS} Verified`);
    expect((await me(browser)).id).not.toBe((await me(squatters)).id);
  });

  it('leads on to where the person was going', async () => {
    const [action, fields] = formIn(await refused({ returnTo: '/account/activity' }), START);
    expect(locationOf(await browser.submit(action, fields))).toBe('/account/activity');
    expectPage(await browser.get('/account/activity'), 200, 'Activity of your account');
  });

  it('both accounts show it', async () => {
    await refused();
    await browser.submit('/account/separate?');
    const theirs = readOn(await squatters.get('/account'));
    expect(theirs).toContain(`${ADDRESS} Contested`);
    expect(theirs).toContain(`The mailbox ${ADDRESS} belongs to somebody who has an account`);
    expect(theirs).toContain('The address that X sends belongs to somebody else');
    expect(theirs).toMatch(/address that X sends .{0,80} · by somebody else now/);
    expect(theirs).not.toContain('by the operator');
    const own = readOn(await browser.get('/account'));
    expect(own).not.toContain('Contested');
    expect(own).toContain('Started with the address that Google sends');
    expect((await activity(browser)).map(({ event }) => event)).toEqual([
      'sign_in',
      'address_claimed',
    ]);
  });

  it('two clicks make one account', async () => {
    await refused();
    const copy = await copyOf(latchkey, browser);
    await browser.submit('/account/separate?');
    expect(locationOf(await copy.submit('/account/separate?'))).toBe('/account');
    expect(locationOf(await browser.submit('/account/separate?'))).toBe('/account');
    const { identities } = await identityRows(latchkey.database);
    expect(identities).toHaveLength(2);
  });

  it('so do two at the same time, signed in as another or not', async () => {
    for (const signIn of [false, true]) {
      await latchkey.database.deleteFrom('users').execute();
      squatters = await signedIn(latchkey, 'twitter', squatter);
      browser = new Browser(latchkey);
      await refused();
      if (signIn) await browser.signIn('twitter', squatter);
      const target = signIn
        ? `/account/separate?user=${(await me(browser)).id}`
        : '/account/separate?';
      const tabs = await Promise.all(Array.from({ length: 4 }, () => copyOf(latchkey, browser)));
      const answers = await Promise.all(tabs.map((tab) => tab.submit(target)));
      expect(answers.map(locationOf)).toEqual(Array(4).fill('/account'));
      const { identities } = await identityRows(latchkey.database);
      expect(identities).toHaveLength(2);
    }
  });

  it.each<[string, () => Promise<Response>]>([
    [
      'whose address is merely verified',
      async () => {
        const response = await browser.signIn('facebook', somebody({ email: ADDRESS }));
        return browser.get(locationOf(response));
      },
    ],
    ['that nobody was refused for here', () => browser.get('/?error=account_exists')],
    [
      'without the error',
      async () => {
        await refused();
        return browser.get('/');
      },
    ],
  ])('offers nothing to somebody %s', async (_name, go) => {
    const page = await go();
    expectPage(page, 200, 'Sign in');
    expect(page.text).not.toContain(START);
  });

  it('where it has become impossible says so, and changes nothing', async () => {
    await refused();
    await latchkey.database.updateTable('users').set({ disabled_at: 1 }).execute();
    const before = await identityRows(latchkey.database);
    const answer = await browser.submit('/account/separate?');
    expectPage(answer, 403, 'Not allowed');
    expect(readOn(answer)).toContain('Sign in the way you did before');
    expect(await identityRows(latchkey.database)).toEqual(before);
  });
});

describe('the question whether to connect', () => {
  it('offers it as well, to somebody who is signed in as another', async () => {
    await refused();
    await browser.signIn('twitter', squatter);
    const question = await browser.get('/account');
    expectPage(question, 200, 'Connect Google to your account?');
    expect(readOn(question)).toContain('Is First not you? Start a new account with Google.');
    const { id } = await me(browser);
    const [action, fields] = formIn(question, START);
    expect(action).toBe(`/account/separate?user=${id}`);
    await browser.submit(action, fields);
    const account = await browser.get('/account');
    expectPage(account, 200, 'Ada');
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
  });

  it('does nothing by a form that was made for nobody, or for another user', async () => {
    await refused();
    await browser.signIn('twitter', squatter);
    const before = await identityRows(latchkey.database);
    for (const query of ['?', '?user=0199c7d2-0000-7000-8000-00000000e0e0']) {
      const answer = await browser.submit(`/account/separate${query}`);
      expectPage(answer, 403, 'Somebody else is signed in now');
    }
    expect(await identityRows(latchkey.database)).toEqual(before);
  });
});

it('another site cannot send it', async () => {
  await refused();
  const answer = await browser.apiSend('post', '/account/separate', {
    'Sec-Fetch-Site': 'cross-site',
    Accept: 'text/html',
  });
  expect(answer.status).toBe(403);
  expect((await sessionAnswer(browser)).pendingLink).not.toBeNull();
});
