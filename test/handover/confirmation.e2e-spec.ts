import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { somebody, signedIn } from '../support/accounts.js';
import { accountSuite } from '../support/account-suite.js';
import { Browser, locationOf } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import {
  answer,
  answerFor,
  APP,
  begin,
  codeIn,
  CONFIRM,
  exchange,
  HANDOVER_TARGETS,
  handOverByLink,
  idOn,
  PREVIEW,
  PROGRAM,
  TARGET,
} from '../support/handover.js';

const FRONT_END = 'https://front.example';

const latchkey = accountSuite({ HANDOVER_TARGETS, ALLOWED_ORIGINS: FRONT_END, PAGES: 'off' });
let browser: Browser;

beforeEach(() => {
  browser = new Browser(latchkey);
});

const codes = async () =>
  (await latchkey.database.selectFrom('handovers').select('code_hash').execute()).map(
    ({ code_hash }) => code_hash,
  );

describe('the page that asks, with PAGES=off', () => {
  it.each([
    ['a link to a site', TARGET, 'app.other.example'],
    ['a preview', PREVIEW, 'pr-7.preview.example.dev'],
    ['an app', APP, 'com.example.app'],
    ['a program', PROGRAM, '127.0.0.1:51234'],
  ])('names the target and the person: %s', async (_name, target, place) => {
    const begun = begin(target);
    const person = somebody({ name: 'Ada <b>', email: 'ada@example.com' });
    const page = await handOverByLink(browser, begun, person);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`Sign in to ${place}?`);
    expect(page.text).toContain('Ada &lt;b&gt;');
    expect(page.text).toContain('ada@example.com');
    expect(page.text).toContain('Google');
    expect(await codes()).toEqual([null]);
    const back = await answer(browser, page);
    expect(back.status).toBe(303);
    expect(answerFor(back, target)).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: begun.fields.state,
      iss: latchkey.url,
    });
    const code = codeIn(back, target);
    const answered = await exchange(latchkey, { code, codeVerifier: begun.verifier, target });
    expect(answered.status).toBe(200);
  });

  it('is asked every time', async () => {
    const person = somebody();
    await answer(browser, await handOverByLink(browser, begin(), person));
    const page = await handOverByLink(browser, begin(), person);
    expect(idOn(page)).toBeTruthy();
  });

  it('cannot be framed, and its form leads to the target and nowhere else', async () => {
    const { headers } = await handOverByLink(browser, begin());
    expect(headers['x-frame-options']).toMatch(/deny/i);
    expect(headers['cache-control']).toBe('no-store');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self' https://app.other.example",
      ]),
    );
  });

  it.each([
    [APP, 'com.example.app:'],
    [PROGRAM, 'http://127.0.0.1:51234'],
  ])('lets its form lead to %s', async (target, source) => {
    const { headers } = await handOverByLink(browser, begin(target));
    expect(headers['content-security-policy']).toContain(`form-action 'self' ${source}`);
  });

  it('gives an error to the target when it is declined, and no code', async () => {
    const begun = begin();
    const page = await handOverByLink(browser, begun);
    const back = await answer(browser, page, 'no');
    expect(answerFor(back)).toEqual({
      error: 'access_denied',
      state: begun.fields.state,
      iss: latchkey.url,
    });
    expect(await codes()).toEqual([]);
    expect((await answer(browser, page)).status).toBe(404);
  });
});

describe('the answer', () => {
  it.each<[string, Record<string, string>]>([
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }],
    ['a sibling', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://evil.localhost' }],
    ['the target', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://app.other.example' }],
    ['a front end', { 'Sec-Fetch-Site': 'same-site', Origin: FRONT_END }],
    ['an old browser at a front end', { Origin: FRONT_END }],
    ['a typed address', { 'Sec-Fetch-Site': 'none' }],
    ['an old browser that hides where it is', { Origin: 'null' }],
    ['nobody in particular', {}],
  ])('does not count from %s', async (_name, headers) => {
    const page = await handOverByLink(browser, begin());
    const fields = { handover: idOn(page), decision: 'yes' };
    await expectRefused(await browser.post(CONFIRM, fields, headers), 403);
  });

  it('counts from an old browser', async () => {
    const page = await handOverByLink(browser, begin());
    const fields = { handover: idOn(page), decision: 'yes' };
    expect(codeIn(await browser.post(CONFIRM, fields, { Origin: latchkey.url }))).toBeTruthy();
  });

  it('does not count from another browser, signed in or not', async () => {
    const page = await handOverByLink(browser, begin());
    await expectRefused(await answer(new Browser(latchkey), page), 404);
    await expectRefused(await answer(await signedIn(latchkey), page), 404);
  });

  it('does not count for another question', async () => {
    const first = await handOverByLink(browser, begin());
    await handOverByLink(browser, begin(APP));
    const back = await answer(browser, first);
    expect([back.status, back.headers['location']]).toEqual([404, undefined]);
    expect(await codes()).toEqual([null, null]);
  });

  it.each([
    [{ decision: 'yes' }],
    [{ handover: 'x', decision: 'maybe' }],
    [{ handover: 'x' }],
    [{}],
  ])('has to be one: %j', async (fields) => {
    await handOverByLink(browser, begin());
    await expectRefused(await browser.submit(CONFIRM, fields), 400);
  });

  it('is not given by a GET', async () => {
    const page = await handOverByLink(browser, begin());
    const query = `handover=${idOn(page)}&decision=yes`;
    expect((await browser.get(`${CONFIRM}?${query}`)).status).toBe(200);
    expect(await codes()).toEqual([null]);
  });

  it('given twice makes one code, whose time does not begin anew', async () => {
    const begun = begin();
    const page = await handOverByLink(browser, begun);
    const one = await answer(browser, page);
    const [row] = await latchkey.database.selectFrom('handovers').selectAll().execute();
    const other = await answer(browser, page);
    expect(codeIn(other)).toBe(codeIn(one));
    expect(await latchkey.database.selectFrom('handovers').selectAll().execute()).toEqual([row]);
    expect(row?.expires_at).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('no, after yes, voids the code', async () => {
    const begun = begin();
    const page = await handOverByLink(browser, begun);
    const code = codeIn(await answer(browser, page));
    expect(answerFor(await answer(browser, page, 'no'))['error']).toBe('access_denied');
    const body = { code, codeVerifier: begun.verifier, target: TARGET };
    expect((await exchange(latchkey, body)).body).toMatchObject({ code: 'invalid_grant' });
  });

  it('given again once the code is used leads nowhere, and ends nothing', async () => {
    const begun = begin();
    const page = await handOverByLink(browser, begun);
    const code = codeIn(await answer(browser, page));
    const body = { code, codeVerifier: begun.verifier, target: TARGET };
    expect((await exchange(latchkey, body)).status).toBe(200);
    const again = await answer(browser, page);
    expect([again.status, again.headers['location']]).toEqual([404, undefined]);
    expect((await browser.get(CONFIRM)).status).toBe(404);
  });

  it('comes too late', async () => {
    const page = await handOverByLink(browser, begin());
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    await expectRefused(await answer(browser, page), 404);
    expect((await browser.get(CONFIRM)).status).toBe(404);
  });

  it('may follow a reload of the page, and of the callback', async () => {
    const begun = begin();
    const callback = await browser.consent(await browser.start('google', begun.fields), somebody());
    expect(locationOf(await browser.callback(callback))).toBe(CONFIRM);
    expect(locationOf(await browser.callback(callback))).toBe(CONFIRM);
    await browser.get(CONFIRM);
    codeIn(await answer(browser, await browser.get(CONFIRM)));
    expect(await codes()).toHaveLength(1);
  });

  it('without a question is told so', async () => {
    const page = await browser.get(CONFIRM);
    expect(page.status).toBe(404);
    expect(page.text).toContain('There is nothing to confirm');
  });

  it('that nobody answers pushes out no code', async () => {
    const person = somebody();
    const begun = begin(APP);
    const page = await handOverByLink(browser, begun, person);
    const code = codeIn(await answer(browser, page), APP);
    for (let at = 0; at < 22; at += 1) {
      await handOverByLink(new Browser(latchkey), begin(APP), person);
    }
    expect((await codes()).filter((each) => each === null)).toHaveLength(20);
    const body = { code, codeVerifier: begun.verifier, target: APP };
    expect((await exchange(latchkey, body)).status).toBe(200);
  });

  it('makes no session here', async () => {
    await answer(browser, await handOverByLink(browser, begin()));
    expect(Object.keys(await browser.lastingCookies())).toEqual([
      `${namesOf(latchkey).session}-handover`,
    ]);
    expect((await browser.api('/auth/session')).body).toMatchObject({ user: null });
    expect(await latchkey.database.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });
});

async function expectRefused(response: Response, status: number): Promise<void> {
  expect([response.status, response.headers['location']]).toEqual([status, undefined]);
  expect(await codes()).toEqual([null]);
}
