import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  copyOf,
  everythingIn,
  expectDone,
  expectPage,
  followSignIn,
} from '../support/account-forms.js';
import { type Ada, accountSuite, adaWith } from '../support/account-suite.js';
import {
  activity,
  connected,
  letTimePass,
  outcomeOf,
  sessionAnswer,
  somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { linkIn } from '../support/page.js';

const latchkey = accountSuite();
let google: Ada['google'];

beforeEach(async () => {
  ({ google } = await adaWith(latchkey, { email: 'ada@example.test' }));
});

const everything = () => everythingIn(latchkey);

describe('a provider that waits to be connected', () => {
  const waiting = somebody({ email: 'ada@example.test', name: 'Ada on Facebook' });

  /** A browser in which Facebook was refused, and which then signed in the old way. */
  async function withPending(): Promise<Browser> {
    const refused = new Browser(latchkey);
    expect(outcomeOf(await refused.signIn('facebook', waiting))).toBe('account_exists');
    expect(outcomeOf(await refused.signIn('google', google))).toBe('/account');
    return refused;
  }

  it('is asked about on the account page, and not connected by looking', async () => {
    const asked = await withPending();
    const before = await everything();
    const page = await asked.get('/account');
    expectPage(page, 200, 'Connect Facebook to your account?');
    expect(page.text).toContain('action="/account/pending-link?user=');
    expect(page.text).toContain('ada@example.test');
    for (const path of ['?decision=yes', '/pending-link?decision=yes', '/pending-link']) {
      await asked.get(`/account${path}`);
    }
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toMatchObject({ provider: 'facebook' });
  });

  it('is connected by yes', async () => {
    const asked = await withPending();
    const copy = await copyOf(latchkey, asked);
    const yes = { decision: 'yes' };
    const answer = await asked.submit('/account/pending-link', yes);
    await expectDone(asked, answer, 'Facebook is connected.');
    expect(await connected(asked)).toEqual(['facebook', 'google', 'twitter']);
    expect((await activity(asked))[0]).toMatchObject({
      event: 'identity_linked',
      provider: 'facebook',
    });
    expectPage(await asked.get('/account'), 200, google.name ?? '');

    // The second of two clicks: sent with the cookie that the first answer takes away.
    const after = await everything();
    const again = await copy.submit('/account/pending-link', yes);
    await expectDone(copy, again, 'Facebook is connected.');
    expect(await everything()).toEqual(after);
  });

  it('is not said to be connected by a yes that comes after a no', async () => {
    const asked = await withPending();
    const copy = await copyOf(latchkey, asked);
    await asked.submit('/account/pending-link', { decision: 'no' });
    const answer = await copy.submit('/account/pending-link', { decision: 'yes' });
    await expectDone(copy, answer, null);
    expect(await connected(copy)).toEqual(['google', 'twitter']);
  });

  it('is dropped by no, whenever the sign-in was', async () => {
    const asked = await withPending();
    await letTimePass(latchkey);
    const before = await everything();
    await expectDone(asked, await asked.submit('/account/pending-link', { decision: 'no' }), null);
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toBeNull();
    expectPage(await asked.get('/account'), 200, google.name ?? '');
  });

  it.each<Record<string, string>[]>([
    [{}],
    [{ decision: '' }],
    [{ decision: 'maybe' }],
    [{ 'decision[]': 'yes' }],
  ])('is neither by %j', async (fields) => {
    const asked = await withPending();
    const before = await everything();
    const response = await asked.submit('/account/pending-link', fields);
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(await everything()).toEqual(before);
    expect((await sessionAnswer(asked)).pendingLink).toMatchObject({ provider: 'facebook' });
  });

  it('after a while needs a new sign-in for yes, and is asked about again after it', async () => {
    const asked = await withPending();
    await letTimePass(latchkey);
    const refused = await asked.submit('/account/pending-link', { decision: 'yes' });
    expectPage(refused, 403, 'Confirm that it is you');
    expect(await connected(asked)).toEqual(['google', 'twitter']);
    const page = await followSignIn(asked, linkIn(refused, 'Continue with Google'), google);
    expectPage(page, 200, 'Connect Facebook to your account?');
    const answer = await asked.submit('/account/pending-link', { decision: 'yes' });
    await expectDone(asked, answer, 'Facebook is connected.');
    expect(await connected(asked)).toEqual(['facebook', 'google', 'twitter']);
  });

  it('is nobody else’s to answer', async () => {
    const asked = new Browser(latchkey);
    await asked.signIn('facebook', waiting);
    await asked.signIn('google', somebody());
    expectPage(await asked.get('/account'), 200, /^Person/);
    const answer = await asked.submit('/account/pending-link', { decision: 'yes' });
    const nothing =
      'Nothing was waiting to be connected any more. Below you see what is connected.';
    await expectDone(asked, answer, nothing);
    expect(await connected(asked)).toEqual(['google']);
  });
});
