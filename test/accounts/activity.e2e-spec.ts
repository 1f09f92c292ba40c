import { describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ActivityService } from '../../src/activity/activity.service.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { CleanupService } from '../../src/cleanup/cleanup.service.js';
import type { ActivityPage } from '../../src/activity/activity.schema.js';
import { accountSuite } from '../support/account-suite.js';
import {
  activity,
  link,
  linkCallback,
  me,
  session,
  signedIn,
  signedInWith,
  somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const latchkey = accountSuite({ ACTIVITY_RETENTION_DAYS: '30' });

const told = async (browser: Browser): Promise<string[]> =>
  (await activity(browser)).map(({ event, provider }) => `${event} ${provider ?? '-'}`);

async function page(browser: Browser, query: string): Promise<ActivityPage> {
  return (await browser.api(`/users/me/activity?${query}`)).body as ActivityPage;
}

/** Adds entries to somebody's record. */
async function record(userId: string, count: number): Promise<void> {
  const service = latchkey.app.get(ActivityService);
  const unitOfWork = latchkey.app.get(UnitOfWork);
  const client = { address: '192.0.2.1', userAgent: null };
  for (let at = 0; at < count; at += 1) {
    await unitOfWork.run((tx) =>
      service.record(tx, { userId, event: 'sign_in', provider: 'google', client }),
    );
  }
}

describe('the activity log', () => {
  it('records time, address, user agent and provider', async () => {
    const browser = new Browser(latchkey);
    const person = somebody();
    const callback = await browser.consent(await browser.start('google'), person);
    await browser.callback(callback, { 'User-Agent': FIREFOX });
    const entries = await activity(browser);
    expect(entries).toEqual([
      {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        event: 'sign_in',
        provider: 'google',
        subject: person.subject,
        via: null,
        address: '127.0.0.1',
        browser: 'Firefox',
        system: 'Linux',
      },
    ]);
    expect(Math.abs(Date.parse(entries[0]?.at ?? '') - Date.now())).toBeLessThan(10_000);
  });

  it('lists all events of the account, newest first', async () => {
    const [google, x] = [somebody(), somebody()];
    const browser = await signedInWith(latchkey, ['google', google], ['twitter', x]);
    await browser.signIn('twitter', x, { prompt: 'login' });
    const phone = await signedIn(latchkey, 'google', google);
    await phone.apiSend('post', '/auth/logout');
    await phone.signIn('google', google);
    await browser.apiSend('delete', `/users/me/sessions/${(await session(phone)).id}`);
    await browser.apiSend('delete', '/users/me/sessions');
    await browser.apiSend('delete', '/users/me/identities/twitter');
    await browser.apiSend('post', '/users/me/export');
    expect(await told(browser)).toEqual([
      'data_exported google',
      'identity_unlinked twitter',
      'other_sessions_revoked -',
      'session_revoked -',
      'sign_in google',
      'sign_out google',
      'sign_in google',
      'reauthenticated twitter',
      'identity_linked twitter',
      'sign_in google',
    ]);
    const times = (await activity(browser)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('records for the owner a sign-in of somebody else with their address', async () => {
    const owner = await signedIn(latchkey, 'google', somebody({ email: 'ada@example.test' }));
    const mallory = new Browser(latchkey);
    const callback = await mallory.consent(
      await mallory.start('twitter'),
      somebody({ email: 'ada@example.test' }),
    );
    await mallory.callback(callback, { 'User-Agent': FIREFOX });
    expect((await activity(owner))[0]).toMatchObject({
      event: 'sign_in_refused',
      provider: 'twitter',
      browser: 'Firefox',
    });
  });

  it('records a link that was confirmed after a refusal', async () => {
    const known = somebody({ email: 'ada@example.test' });
    const browser = await signedIn(latchkey, 'google', known);
    await browser.signIn('twitter', somebody({ email: 'ada@example.test' }));
    await browser.apiSend('post', '/auth/pending-link');
    expect(await told(browser)).toEqual([
      'identity_linked twitter',
      'sign_in_refused twitter',
      'sign_in google',
    ]);
  });

  it('records failed links, at most once a minute', async () => {
    const browser = await signedIn(latchkey);
    const taken = somebody();
    const other = await signedIn(latchkey, 'twitter', taken);
    await link(browser, 'twitter', taken);
    await link(browser, 'facebook', { decision: 'deny', person: 'ada' });
    await link(browser, 'facebook', { ...somebody(), fault: 'profile_error' });
    expect(await told(browser)).toEqual(['link_refused twitter', 'sign_in google']);
    expect(await told(other)).toEqual(['sign_in twitter']);
  });

  it('records a failed re-authentication, at most once a minute', async () => {
    const [ada, eve] = [somebody(), somebody()];
    const browser = await signedIn(latchkey, 'google', ada);
    const stranger = await signedIn(latchkey, 'twitter', eve);
    await browser.signIn('google', { decision: 'deny', person: 'ada' }, { prompt: 'login' });
    await browser.signIn('google', { ...ada, fault: 'token_error' }, { prompt: 'login' });
    await browser.signIn('facebook', { decision: 'deny', person: 'ada' });
    await browser.get('/auth/google/callback?state=x&code=y');
    expect(await told(browser)).toEqual(['reauthentication_failed google', 'sign_in google']);
    expect(await told(stranger)).toEqual(['sign_in twitter']);
  });

  it('records a re-authentication refused for its address in the owner’s log only', async () => {
    const owner = await signedIn(latchkey, 'google', somebody({ email: 'ada@example.test' }));
    const browser = await signedIn(latchkey, 'google', somebody());
    await browser.signIn('twitter', somebody({ email: 'ada@example.test' }));
    expect(await told(browser)).toEqual(['sign_in google']);
    expect(await told(owner)).toEqual(['sign_in_refused twitter', 'sign_in google']);
  });

  it('records a link finished by another user for the user who started it', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const callback = await linkCallback(browser, 'twitter', somebody());
    await browser.signIn('facebook', somebody());
    await browser.callback(callback);
    expect(await told(browser)).toEqual(['sign_in facebook']);
    const elsewhere = await signedIn(latchkey, 'google', person);
    expect(await told(elsewhere)).toContain('link_refused twitter');
  });

  it('omits failures before a user was known', async () => {
    const browser = await signedIn(latchkey);
    await new Browser(latchkey).signIn('google', { decision: 'deny', person: 'ada' });
    await new Browser(latchkey).get('/auth/google/callback?state=x&code=y');
    expect(await told(browser)).toEqual(['sign_in google']);
  });

  it('requires a session', async () => {
    expectProblem(await new Browser(latchkey).api('/users/me/activity'), 'unauthenticated');
  });
});

describe('pages of activity', () => {
  it('have no gaps or repetitions, even when events are added meanwhile', async () => {
    const browser = await signedIn(latchkey);
    const { id } = await me(browser);
    await record(id, 44);
    const all = (await page(browser, 'limit=100')).items;
    expect(all).toHaveLength(45);

    const seen: ActivityPage['items'] = [];
    let cursor: string | null = null;
    do {
      const next: ActivityPage = await page(
        browser,
        cursor === null ? 'limit=7' : `limit=7&cursor=${cursor}`,
      );
      seen.push(...next.items);
      cursor = next.nextCursor;
      await record(id, 1);
    } while (cursor !== null);
    expect(seen).toEqual(all);
  });

  it('have 20 entries by default, and end with a null cursor', async () => {
    const browser = await signedIn(latchkey);
    await record((await me(browser)).id, 19);
    const exact = await page(browser, '');
    expect([exact.items.length, exact.nextCursor]).toEqual([20, null]);
    await record((await me(browser)).id, 1);
    const first = await page(browser, '');
    expect([first.items.length, first.nextCursor]).toEqual([20, first.items[19]?.id]);
    const last = await page(browser, `cursor=${first.nextCursor ?? ''}`);
    expect([last.items.length, last.nextCursor]).toEqual([1, null]);
  });

  it('with another user’s cursor reveal nothing of theirs', async () => {
    const [browser, other] = [await signedIn(latchkey), await signedIn(latchkey)];
    await record((await me(other)).id, 5);
    const theirs = await page(other, 'limit=3');
    const mine = await page(browser, 'limit=100');
    const asked = await page(browser, `limit=100&cursor=${theirs.nextCursor ?? ''}`);
    expect(asked.items).toEqual(mine.items);
    expect(JSON.stringify(asked)).not.toContain('192.0.2.1');
    expect((await page(browser, `cursor=${uuidv7()}`)).items).toEqual(mine.items);
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1.5',
    'limit=x',
    'limit=1&limit=2',
    'cursor=',
    'cursor=x',
    'cursor=%00',
    "cursor=' or 1=1 --",
    'cursor=a&cursor=b',
  ])('are refused for %s', async (query) => {
    const browser = await signedIn(latchkey);
    const response = await browser.api(`/users/me/activity?${query}`);
    expect([response.status, response.body]).toEqual([
      400,
      expect.objectContaining({ code: 'bad_request' }),
    ]);
  });
});

it('deletes activity after the configured days, not before', async () => {
  const browser = await signedIn(latchkey);
  await record((await me(browser)).id, 2);
  const [newest, middle, oldest] = await activity(browser);
  const day = 24 * 60 * 60_000;
  const age = async (id: string | undefined, at: number): Promise<void> => {
    await latchkey.database
      .updateTable('activity')
      .set({ at })
      .where('id', '=', id ?? '')
      .execute();
  };
  await age(oldest?.id, Date.now() - 30 * day - 1000);
  await age(middle?.id, Date.now() - 30 * day + 60_000);
  await latchkey.app.get(CleanupService).clean();
  expect((await activity(browser)).map(({ id }) => id)).toEqual([newest?.id, middle?.id]);
  expect((await browser.api('/users/me')).status).toBe(200);
});
