import { beforeEach, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { accountSuite } from '../support/account-suite.js';
import { letTimePass, me, signedIn, type Somebody, somebody } from '../support/accounts.js';
import { Browser, type Consent, locationOf } from '../support/browser.js';
import {
  answer,
  answerFor,
  APP,
  asApp,
  type Bearer,
  bearerOf,
  begin,
  type Begun,
  codeIn,
  CONFIRM,
  exchange,
  HANDOVER_TARGETS,
  TARGET,
} from '../support/handover.js';
import { readOn } from '../support/page.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite({ HANDOVER_TARGETS, PAGES: 'off' });

let ada: Somebody;
let bearer: Bearer;

beforeEach(async () => {
  ada = somebody({ name: 'Ada' });
  bearer = await bearerOf(latchkey, ada);
});

type Kind = 'link' | 'reauthenticate';

function ask(
  by: Bearer,
  begun: Begun,
  {
    kind = 'link',
    provider = 'twitter',
    query = '',
  }: { kind?: Kind; provider?: string; query?: string } = {},
): Promise<Response> {
  return request(latchkey.url)
    .post(`/auth/${provider}/${kind}${query}`)
    .set('Authorization', `Bearer ${by.sessionToken}`)
    .send(begun.fields);
}

const urlIn = (response: Response): string => {
  if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
  return (response.body as { url: string }).url;
};

/** Opens the ticket's address, answers the provider, and comes as far as the question. */
async function go(browser: Browser, url: string, person: Consent): Promise<Response> {
  const start = await browser.get(url);
  if (start.status !== 302) throw new Error(`${start.status} ${start.text}`);
  const back = await browser.callback(await browser.consent(locationOf(start), person));
  return browser.get(locationOf(back));
}

function complete(by: Bearer, code: string, begun: Begun): Promise<Response> {
  return request(latchkey.url)
    .post('/auth/session/complete')
    .set('Authorization', `Bearer ${by.sessionToken}`)
    .send({ code, codeVerifier: begun.verifier });
}

const codeOf = ({ body }: Response) => (body as { code: string }).code;

const providersOf = async (by: Bearer) =>
  ((await asApp(latchkey, by, 'get', '/users/me/identities')).body as { provider: string }[]).map(
    ({ provider }) => provider,
  );

describe('connecting a provider by a bearer', () => {
  beforeEach(() => stepUp());

  it('takes effect when the session that has asked hands the code in', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const before = await identityRows(latchkey.database);
    const x = somebody({ name: 'Ada at X', username: 'ada' });
    const page = await go(browser, urlIn(await ask(bearer, begun)), x);
    expect(page.text).toContain('Connect X?');
    expect(page.text).toContain('The site app.other.example asks to connect');
    expect(readOn(page)).toContain('to the account of Ada.');
    expect(page.text).toContain('Ada at X');
    const back = await answer(browser, page);
    expect(answerFor(back)).toEqual({
      code: expect.any(String),
      state: begun.fields.state,
      iss: latchkey.url,
    });
    const after = await identityRows(latchkey.database);
    expect([after.users, after.identities, after.proofs]).toEqual([
      before.users,
      before.identities,
      before.proofs,
    ]);
    expect(await browser.lastingCookies()).toEqual({
      [handoverCookie(await browser.cookies())]: expect.any(String),
    });

    expect((await complete(bearer, codeIn(back), begun)).status).toBe(204);
    expect(await providersOf(bearer)).toEqual(['google', 'twitter']);
    expect(codeOf(await complete(bearer, codeIn(back), begun))).toBe('invalid_grant');
  });

  it('asks also where the target is exact, and takes no for an answer', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const page = await go(browser, urlIn(await ask(bearer, begun)), somebody());
    const back = await answer(browser, page, 'no');
    expect(answerFor(back)).toMatchObject({ error: 'access_denied', state: begun.fields.state });
    expect(
      await latchkey.database
        .selectFrom('handovers')
        .selectAll()
        .where('kind', '=', 'link')
        .execute(),
    ).toEqual([]);
  });

  it('changes nobody’s account when the address was sent to somebody else', async () => {
    const begun = begin();
    const mallory = bearer;
    const victim = somebody();
    const browser = await signedIn(latchkey, 'twitter', victim);
    const before = await me(browser);
    const page = await go(browser, urlIn(await ask(mallory, begun)), victim);
    const back = await answer(browser, page);
    // The victim's application hands it in, with the session of the victim.
    const theirs = await bearerOf(latchkey, somebody());
    expect(codeOf(await complete(theirs, codeIn(back), begun))).toBe('invalid_grant');
    expect(await me(browser)).toEqual(before);
    // Were it new to everybody, only who has asked, and has the code, could have it.
    expect(codeOf(await complete(mallory, codeIn(back), begun))).toBe('identity_in_use');
    expect(await providersOf(mallory)).toEqual(['google']);
  });

  it.each<[string, (begun: Begun) => Begun]>([
    ['another verifier', ({ fields }) => ({ fields, verifier: begin().verifier })],
    ['no verifier', ({ fields }) => ({ fields, verifier: '' })],
  ])('needs the verifier: %s', async (_name, change) => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const back = await answer(
      browser,
      await go(browser, urlIn(await ask(bearer, begun)), somebody()),
    );
    expect(codeOf(await complete(bearer, codeIn(back), change(begun)))).toBe('invalid_grant');
    expect((await complete(bearer, codeIn(back), begun)).status).toBe(204);
  });

  it('counts for a minute', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const back = await answer(
      browser,
      await go(browser, urlIn(await ask(bearer, begun)), somebody()),
    );
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    expect(codeOf(await complete(bearer, codeIn(back), begun))).toBe('invalid_grant');
    expect(await providersOf(bearer)).toEqual(['google']);
  });

  it('makes no code that is exchanged for a session, and takes none that is for one', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const back = await answer(
      browser,
      await go(browser, urlIn(await ask(bearer, begun)), somebody()),
    );
    const body = { code: codeIn(back), codeVerifier: begun.verifier, target: TARGET };
    expect(codeOf(await exchange(latchkey, body))).toBe('invalid_grant');
    const another = begin(APP);
    const fresh = new Browser(latchkey);
    const signIn = await fresh.callback(
      await fresh.consent(await fresh.start('google', another.fields), somebody()),
    );
    const code = codeIn(await answer(fresh, await fresh.get(locationOf(signIn))), APP);
    expect(codeOf(await complete(bearer, code, another))).toBe('invalid_grant');
  });

  it('ends with the session that has asked', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const url = urlIn(await ask(bearer, begun));
    const page = await go(browser, url, somebody());
    await asApp(latchkey, bearer, 'post', '/auth/logout');
    expect((await answer(browser, page)).status).toBe(404);
    const again = await bearerOf(latchkey, ada);
    await stepUp(ada, again);
    const open = urlIn(await ask(again, begun));
    const start = await browser.get(open);
    const callback = await browser.consent(locationOf(start), somebody());
    await asApp(latchkey, again, 'post', '/auth/logout');
    expect(answerFor(await browser.callback(callback))['error']).toBe('session_changed');
  });

  it('has a ticket that opens once, for its provider, within ten minutes', async () => {
    const browser = new Browser(latchkey);
    const url = urlIn(await ask(bearer, begin()));
    expect((await browser.get(url.replace('/twitter/', '/google/'))).status).toBe(404);
    expect((await browser.get(url, { 'Sec-Purpose': 'prefetch' })).status).toBe(503);
    expect((await browser.get(url)).status).toBe(302);
    expect((await browser.get(url)).status).toBe(404);
    for (const wrong of ['', '?ticket=', '?ticket=x', '?ticket=x&ticket=y']) {
      expect((await browser.get(`/auth/twitter/continue${wrong}`)).status).toBe(404);
    }
    const late = urlIn(await ask(bearer, begin()));
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    expect((await browser.get(late)).status).toBe(404);
  });

  it('needs a step-up, and a session of the target', async () => {
    expect(codeOf(await ask(await bearerOf(latchkey, ada), begin()))).toBe('reauth_required');
    expect((await ask(bearer, begin(APP))).status).toBe(400);
    expect((await ask(bearer, begin('https://second.example/cb'))).status).toBe(400);
    await letTimePass(latchkey);
    expect(codeOf(await ask(bearer, begin()))).toBe('reauth_required');
  });

  it.each<[string, object]>([
    ['no challenge', { returnTo: TARGET }],
    ['plain', { ...begin().fields, code_challenge_method: 'plain' }],
    ['no target', { code_challenge: begin().fields.code_challenge, code_challenge_method: 'S256' }],
    ['nothing', {}],
  ])('is refused with %s', async (_name, fields) => {
    const answered = await ask(bearer, { verifier: '', fields: fields as Begun['fields'] });
    expect([answered.status, codeOf(answered)]).toEqual([400, 'bad_request']);
  });

  it('is for whoever it says', async () => {
    const other = await ask(bearer, begin(), {
      query: '?user=0199c7d2-0000-7000-8000-000000000001',
    });
    expect([other.status, codeOf(other)]).toEqual([403, 'session_changed']);
    expect((await ask(bearer, begin(), { query: `?user=${bearer.user.id}` })).status).toBe(200);
  });

  it('tells the target of an error', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const start = await browser.get(urlIn(await ask(bearer, begun)));
    const back = await browser.callback(
      await browser.consent(locationOf(start), { ...somebody(), decision: 'deny' }),
    );
    expect(answerFor(back)).toEqual({
      error: 'access_denied',
      state: begun.fields.state,
      iss: latchkey.url,
    });
    const { body } = await asApp(latchkey, bearer, 'get', '/users/me/activity');
    expect((body as { items: { event: string }[] }).items.map(({ event }) => event)).toEqual([
      'reauthenticated',
      'sign_in',
    ]);
  });
});

describe('a step-up by a bearer', () => {
  it('lets the session do what takes one', async () => {
    await letTimePass(latchkey);
    const deleteMe = () => asApp(latchkey, bearer, 'delete', '/users/me');
    expect(codeOf(await deleteMe())).toBe('reauth_required');
    expect((await stepUp(ada)).status).toBe(204);
    expect((await ask(bearer, begin())).status).toBe(200);
    const answered = await deleteMe();
    expect([answered.status, answered.headers['set-cookie']]).toEqual([204, undefined]);
    expect((await asApp(latchkey, bearer, 'get', '/users/me')).status).toBe(401);
  });

  it('asks the provider to authenticate the person anew', async () => {
    const url = urlIn(await ask(bearer, begin(), { kind: 'reauthenticate', provider: 'google' }));
    const start = await new Browser(latchkey).get(url);
    expect(new URL(locationOf(start)).searchParams.get('max_age')).toBe('0');
  });

  it('by somebody else changes nothing', async () => {
    await letTimePass(latchkey);
    const before = await identityRows(latchkey.database);
    expect(codeOf(await stepUp(somebody()))).toBe('session_changed');
    expect((await identityRows(latchkey.database)).proofs).toEqual(before.proofs);
    expect(codeOf(await asApp(latchkey, bearer, 'delete', '/users/me'))).toBe('reauth_required');
  });

  it('is not for a browser’s session', async () => {
    const browser = await signedIn(latchkey);
    const answered = await browser.apiSend('post', '/auth/google/reauthenticate');
    expect(answered.status).toBe(400);
    const completed = await browser.apiSend('post', '/auth/session/complete');
    expect(completed.status).toBe(400);
    const nobody = new Browser(latchkey);
    expect((await nobody.apiSend('post', '/auth/google/reauthenticate')).status).toBe(401);
    expect((await nobody.apiSend('post', '/auth/session/complete')).status).toBe(401);
  });
});

async function stepUp(person: Consent = ada, by = bearer): Promise<Response> {
  const begun = begin();
  const browser = new Browser(latchkey);
  const url = urlIn(await ask(by, begun, { kind: 'reauthenticate', provider: 'google' }));
  const page = await go(browser, url, person);
  expect(page.text).toContain('Confirm that it is you?');
  return complete(by, codeIn(await answer(browser, page)), begun);
}

it('the question of another application is not answered by mistake', async () => {
  await stepUp();
  const browser = new Browser(latchkey);
  const first = await go(browser, urlIn(await ask(bearer, begin())), somebody());
  await go(browser, urlIn(await ask(bearer, begin())), somebody());
  expect((await answer(browser, first)).status).toBe(404);
  expect((await browser.get(CONFIRM)).status).toBe(200);
});

function handoverCookie(cookies: Record<string, string>): string {
  return Object.keys(cookies).find((name) => name.endsWith('-handover')) ?? '';
}
