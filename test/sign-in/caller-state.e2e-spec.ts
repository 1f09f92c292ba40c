import { beforeEach, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { accountSuite } from '../support/account-suite.js';
import {
  letTimePass,
  linkCallback,
  signedIn,
  somebody,
  type Somebody,
  startLink,
} from '../support/accounts.js';
import { Browser, locationOf, paramsOf } from '../support/browser.js';
import { setCookies } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { answerFor, begin, handOver, HANDOVER_TARGETS } from '../support/handover.js';

/* The `state` of whoever starts something: it comes back beside the result, whatever that is. */

const APP = 'https://app.test';
/** Whatever could be taken for something else, and as long as it may be. */
const ODD = `a b+c%20&error=x#y="<>'\\/?${'"'.repeat(230)}`.slice(0, 256);

const latchkey = accountSuite({ ALLOWED_ORIGINS: APP, HANDOVER_TARGETS });
let browser: Browser;
let person: Somebody;

beforeEach(() => {
  latchkey.sandbox.reset();
  browser = new Browser(latchkey);
  person = somebody();
});

/** A start that answers 400, says why, and leaves nothing in the browser. */
async function expectRefused(query: string): Promise<void> {
  const answer = await browser.api(`/auth/google?${query}`);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    400,
    expect.objectContaining({ code: 'bad_request', detail: expect.stringMatching(/^state /) }),
  ]);
  expect(setCookies(answer)).toEqual([]);
}

describe('a sign-in that works', () => {
  it.each(providerIds)('brings it back to where it leads, at %s', async (provider) => {
    const back = await browser.signIn(provider, person, { returnTo: '/inbox', state: ODD });
    expect([back.status, paramsOf(back)]).toEqual([302, { state: ODD }]);
    expect(locationOf(back)).toMatch(/^\/inbox\?state=[\w%+.*-]+#?$/);
  });

  it.each([
    ['no address', {}, '/account?state=s'],
    ['one with a query and a fragment', { returnTo: '/a?b=c#d' }, '/a?b=c&state=s#d'],
    ['one that has a state', { returnTo: '/a?state=t&b=c' }, '/a?state=s&b=c'],
    ['a front end’s', { returnTo: `${APP}/x?y=z` }, `${APP}/x?y=z&state=s`],
    ['a front end’s root', { returnTo: APP }, `${APP}/?state=s`],
  ])('has it in the query: %s', async (_name, query, expected) => {
    const back = await browser.signIn('google', person, { ...query, state: 's' });
    expect(locationOf(back)).toBe(expected);
  });

  it.each([{}, { state: '' }])('has none without one: %j', async (query) => {
    const back = await browser.signIn('google', person, { returnTo: '/a?b=%20', ...query });
    expect(locationOf(back)).toBe('/a?b=%20');
  });

  it('gives it again to a second delivery, and keeps it no longer', async () => {
    const query = { returnTo: '/inbox', state: 'once' };
    const callback = await browser.consent(await browser.start('google', query), person);
    for (let delivery = 0; delivery < 2; delivery += 1) {
      expect(locationOf(await browser.callback(callback))).toBe('/inbox?state=once');
    }
    const rows = await latchkey.database.selectFrom('sessions').select('return_to').execute();
    expect(rows).toEqual([{ return_to: '/inbox' }]);
  });

  it('gives each tab its own', async () => {
    const [one, other] = [
      await browser.start('google', { state: 'one' }),
      await browser.start('google', { state: 'other' }),
    ];
    const last = await browser.callback(await browser.consent(other, person));
    const first = await browser.callback(await browser.consent(one, person));
    expect([paramsOf(last), paramsOf(first)]).toEqual([{ state: 'other' }, { state: 'one' }]);
  });

  it('takes it from a script that starts it', async () => {
    const answer = await browser.api(`/auth/google?state=s`, { 'Sec-Fetch-Mode': 'cors' });
    const { url } = answer.body as { url: string };
    const back = await browser.callback(await browser.consent(url, person));
    expect(paramsOf(back)).toEqual({ state: 's' });
  });
});

describe('a sign-in that fails', () => {
  it.each(providerIds)('brings it to the error URL, from %s', async (provider) => {
    const back = await browser.signIn(provider, { decision: 'deny' }, { state: ODD });
    expect(paramsOf(back)).toMatchObject({ error: 'access_denied', state: ODD });
  });

  it('brings it to errorTo', async () => {
    const query = { errorTo: `${APP}/oops?a=b`, returnTo: `${APP}/in`, state: 's' };
    const back = await browser.signIn('google', { decision: 'deny' }, query);
    expect(locationOf(back)).toMatch(`${APP}/oops?a=b&error=access_denied`);
    expect(paramsOf(back)).toMatchObject({ returnTo: `${APP}/in`, state: 's' });
  });

  it('before the provider was reached', async () => {
    latchkey.sandbox.failNext('twitter', 'request_token', 'error');
    const answer = await browser.get('/auth/twitter?state=s');
    expect(paramsOf(answer)).toMatchObject({ error: 'provider_error', state: 's' });
  });

  it('since the address has an account', async () => {
    const email = 'ada@example.com';
    await signedIn(latchkey, 'google', somebody({ email }));
    const back = await browser.signIn('twitter', somebody({ email }), { state: 's' });
    expect(paramsOf(back)).toMatchObject({ error: 'account_exists', state: 's' });
  });

  it('is told with nothing in another browser, and with nothing that a provider’s answer says', async () => {
    const start = await browser.start('google', { state: 'mine' });
    const callback = await browser.consent(start, person);
    const back = await new Browser(latchkey).callback(callback);
    const { error, state } = paramsOf(back);
    expect([error, state]).toEqual(['invalid_state', undefined]);
    const forged = await browser.callback(`${latchkey.url}/auth/google/callback?state=x&code=y`);
    expect(paramsOf(forged)).not.toHaveProperty('state');
  });
});

it('goes through the sign-in page, also after a failure', async () => {
  const back = await browser.signIn('google', { decision: 'deny' }, { state: ODD });
  const page = await browser.get(locationOf(back));
  const [, href = ''] = /href="([^"]*\/auth\/google[^"]*)"/.exec(page.text) ?? [];
  const again = await browser.get(
    new URL(href.replaceAll('&amp;', '&').replaceAll('&#39;', "'")).href,
  );
  const done = await browser.callback(await browser.consent(locationOf(again), person));
  expect(paramsOf(done)).toEqual({ state: ODD });
});

describe('of somebody who is signed in', () => {
  beforeEach(async () => {
    browser = await signedIn(latchkey, 'google', person);
  });

  it('a link brings it back, from a query or a field', async () => {
    const callback = await linkCallback(browser, 'twitter', somebody(), { state: 'query' });
    expect(paramsOf(await browser.callback(callback))).toEqual({ state: 'query' });
    const form = await browser.submit('/auth/facebook/link', { state: 'field' });
    const back = await browser.callback(await browser.consent(locationOf(form), somebody()));
    expect(paramsOf(back)).toEqual({ state: 'field' });
  });

  it('a link that is refused at the provider brings it back', async () => {
    const url = await startLink(browser, 'twitter', { state: 's' });
    const back = await browser.callback(await browser.consent(url, { decision: 'deny' }));
    expect(paramsOf(back)).toMatchObject({ error: 'access_denied', purpose: 'link', state: 's' });
  });

  it('a link that begins nothing brings it to errorTo', async () => {
    await letTimePass(latchkey);
    const fields = { errorTo: `${APP}/oops`, state: 's' };
    const answer = await browser.submit('/auth/twitter/link', fields);
    expect(paramsOf(answer)).toMatchObject({ error: 'reauth_required', state: 's' });
    const { state } = paramsOf(
      await browser.submit('/auth/twitter/link', { ...fields, state: 'x'.repeat(256) }),
    );
    expect(state).toBe('x'.repeat(256));
  });

  it('a step-up brings it back, as what it came to', async () => {
    const query = { prompt: 'login', state: 's' };
    expect(paramsOf(await browser.signIn('google', person, query))).toEqual({ state: 's' });
    const other = await browser.signIn('google', somebody(), query);
    expect(paramsOf(other)).toMatchObject({
      error: 'session_changed',
      purpose: 'reauthenticate',
      state: 's',
    });
  });
});

describe('a state', () => {
  it.each([
    ['257 characters', `state=${'x'.repeat(257)}`],
    ['a line break', 'state=a%0d%0aSet-Cookie:x'],
    ['a NUL', 'state=%00'],
    ['letters beyond ASCII', 'state=%C3%A9'],
    ['two', 'state=a&state=b'],
  ])('is refused before anything begins: %s', async (_name, query) => {
    await expectRefused(query);
  });

  it('that is wrong is refused to a link too', async () => {
    browser = await signedIn(latchkey, 'google', person);
    const path = `/auth/twitter/link?state=${'x'.repeat(257)}`;
    const answer = await browser.apiSend('post', path);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([400, { code: 'bad_request' }]);
    expectProblem(await new Browser(latchkey).apiSend('post', path), 'unauthenticated');
  });

  it('of a hand-over has the same bound', async () => {
    const begun = begin();
    begun.fields.state = ODD;
    expect(answerFor(await handOver(latchkey, begun))['state']).toBe(ODD);
  });

  it('is sealed, and fits into a cookie beside the longest address', async () => {
    const query = { returnTo: `/${'a'.repeat(1999)}`, state: ODD };
    const search = new URLSearchParams(query).toString();
    const start = await browser.get(`/auth/google?${search}`);
    const [cookie = ''] = setCookies(start);
    expect(Buffer.from(cookie, 'base64url').toString('latin1') + cookie).not.toContain('"""');
    // Browsers keep no cookie that is longer (RFC 6265bis §5.6).
    expect(cookie.split(';')[0]?.length).toBeLessThanOrEqual(4096);
    const back = await browser.callback(await browser.consent(locationOf(start), person));
    expect(paramsOf(back)).toEqual({ state: ODD });
  });
});
