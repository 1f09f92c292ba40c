import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { Response } from 'supertest';
import { somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  answer,
  answerFor,
  APP,
  asApp,
  askAsApp,
  type Bearer,
  begin,
  codeIn,
  completeAsApp,
  CONFIRM,
  exchange,
  HANDOVER_TARGETS,
  handOverByLink,
  idOn,
  startByForm,
  TARGET,
  urlIn,
} from '../support/handover.js';
import { type Instances, startInstances } from '../support/instances.js';
import { onPostgres } from '../support/on-store.js';
import { raw } from '../support/raw.js';
import { ask, introspect, WEB, withKey } from '../support/servers.js';
import { keySetOf } from '../support/tokens.js';

jest.setTimeout(60_000);

const API = 'https://api.test';

let instances: Instances;
let one: { url: string };
let other: { url: string };

const statuses = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

const both = <T>(send: (at: { url: string }) => Promise<T>) =>
  Promise.all([send(one), send(other)]);

/** Signs somebody in at an application, as far as the code. */
async function handedOver(person = somebody()) {
  const begun = begin();
  const browser = new Browser(instances);
  const start = await startByForm(browser, begun.fields);
  const back = await browser.callback(await browser.consent(locationOf(start), person));
  return { code: codeIn(back), codeVerifier: begun.verifier, target: TARGET };
}

async function bearer(person = somebody()): Promise<Bearer> {
  const response = await exchange(other, await handedOver(person));
  expect(response.status).toBe(200);
  return response.body as Bearer;
}

async function stepUp(by: Bearer, person = somebody()): Promise<Response[]> {
  const begun = begin();
  const browser = new Browser(instances);
  const asked = await askAsApp(one, by, begun, { kind: 'reauthenticate', provider: 'google' });
  const { pathname, search } = new URL(urlIn(asked));
  const Host = new URL(instances.url).host;
  const opened = await both((at) => new Browser(at).get(`${pathname}${search}`, { Host }));
  expect(statuses(opened)).toEqual([302, 404]);
  const started = opened.find(({ status }) => status === 302);
  // The attempt's cookie is of the browser that has opened it.
  for (const cookie of started?.get('Set-Cookie') ?? []) {
    await browser.jar.setCookie(cookie, instances.url);
  }
  const callback = await browser.consent(String(started?.headers['location']), person);
  const page = await browser.get(locationOf(await browser.callback(callback)));
  const back = await answer(browser, page);
  expect(answerFor(back)).toMatchObject({ state: begun.fields.state });
  return both((at) => completeAsApp(at, by, codeIn(back), begun));
}

// The embedded database has one instance.
onPostgres('two instances', () => {
  beforeAll(async () => {
    instances = await startInstances({
      HANDOVER_TARGETS,
      SERVICE_KEYS: `web:${WEB}`,
      TOKEN_AUDIENCES: API,
    });
    const [first = '', second = ''] = instances.urls;
    [one, other] = [{ url: first }, { url: second }];
  });

  afterAll(() => instances.close());

  it('exchange a code once between them, and end its session for the second use', async () => {
    const body = await handedOver();
    const answers = await both((at) => exchange(at, body));
    expect(statuses(answers)).toEqual([200, 400]);
    const made = answers.find(({ status }) => status === 200)?.body as Bearer;
    expect(statuses(await both((at) => asApp(at, made, 'get', '/users/me')))).toEqual([401, 401]);
  });

  it('know an application’s session both, until it ends on one', async () => {
    const app = await bearer();
    const me = () => both((at) => asApp(at, app, 'get', '/users/me'));
    expect(statuses(await me())).toEqual([200, 200]);
    expect((await asApp(one, app, 'post', '/auth/logout')).status).toBe(204);
    expect(statuses(await me())).toEqual([401, 401]);
  });

  it('open a ticket once between them, and complete what was asked for once', async () => {
    const ada = somebody();
    const app = await bearer(ada);
    expect(statuses(await stepUp(app, ada))).toEqual([204, 400]);
    expect((await asApp(other, app, 'delete', '/users/me')).status).toBe(204);
    expect((await asApp(one, app, 'get', '/users/me')).status).toBe(401);
  });

  it('tell proxies and servers the same of a browser', async () => {
    const browser = new Browser(instances);
    await browser.signIn('google', somebody());
    const cookie = Object.entries(await browser.cookies())
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const verified = () => both((at) => ask(at, '/auth/verify', { Cookie: cookie }));
    const shown = () =>
      both(async (at) => JSON.parse((await introspect(at, cookie)).text) as object);
    expect(statuses(await verified())).toEqual([200, 200]);
    const [here, there] = await shown();
    expect(here).toMatchObject({ active: true });
    expect(here).toEqual(there);
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    expect(statuses(await verified())).toEqual([401, 401]);
    expect(await shown()).toEqual([{ active: false }, { active: false }]);
  });

  it('issue tokens that the keys of either verify, until the session ends on one', async () => {
    const app = await bearer();
    const asked = () => both((at) => asApp(at, app, 'post', '/auth/token'));
    const passing = () =>
      both((at) =>
        ask(at, `/auth/verify?token=${encodeURIComponent(API)}`, {
          Authorization: `Bearer ${app.sessionToken}`,
          ...withKey(),
        }),
      );
    const tokens = [
      ...(await asked()).map(({ body }) => (body as { accessToken: string }).accessToken),
      ...(await passing()).map(({ headers }) => String(headers['x-latchkey-token'])),
    ];
    const published = await both(keySetOf);
    expect(published[0]).toEqual(published[1]);
    for (const keys of published) {
      for (const token of tokens) {
        const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
          issuer: instances.url,
          audience: API,
          typ: 'at+jwt',
        });
        expect(payload.sub).toBe(app.user.id);
      }
    }
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    expect((await asApp(other, app, 'post', '/auth/logout')).status).toBe(204);
    expect(statuses(await asked())).toEqual([401, 401]);
    expect(statuses(await passing())).toEqual([401, 401]);
  });

  it('know both that an application’s session was revoked, from a browser', async () => {
    const ada = somebody();
    const app = await bearer(ada);
    const browser = new Browser(instances);
    await browser.signIn('google', ada);
    const { body } = await browser.api('/users/me/sessions');
    const theirs = (body as { id: string; target: string | null }[]).find(
      ({ target }) => target === TARGET,
    );
    const revoked = await browser.apiSend('delete', `/users/me/sessions/${theirs?.id}`);
    expect(revoked.status).toBe(204);
    const me = await both((at) => asApp(at, app, 'get', '/users/me'));
    expect(statuses(me)).toEqual([401, 401]);
  });

  it('make one code of one question', async () => {
    const begun = begin(APP);
    const browser = new Browser(instances);
    const page = await handOverByLink(browser, begun);
    const Cookie = await browser.jar.getCookieString(instances.url);
    const answers = await both((at) =>
      raw(`${at.url}${CONFIRM}`, {
        method: 'POST',
        headers: {
          Cookie,
          Origin: instances.url,
          Host: new URL(instances.url).host,
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ handover: idOn(page), decision: 'yes' }).toString(),
      }),
    );
    expect(statuses(answers)).toEqual([303, 303]);
    const [here, there] = answers.map(({ headers }) => headers['location']);
    expect(here).toBe(there);
    const code = new URL(String(here)).searchParams.get('code');
    const body = { code, codeVerifier: begun.verifier, target: APP };
    expect(statuses(await both((at) => exchange(at, body)))).toEqual([200, 400]);
  });

  it('connect once what account_exists has left', async () => {
    const email = 'ada@example.com';
    const ada = somebody({ email });
    const app = await bearer(ada);
    expect(statuses(await stepUp(app, ada))).toEqual([204, 400]);
    const begun = begin();
    const browser = new Browser(instances);
    const start = await startByForm(browser, begun.fields, { provider: 'twitter' });
    const back = await browser.callback(
      await browser.consent(locationOf(start), somebody({ email })),
    );
    expect(answerFor(back)).toMatchObject({ error: 'account_exists' });
    const completed = await both((at) => completeAsApp(at, app, codeIn(back), begun));
    expect(statuses(completed)).toEqual([204, 400]);
  });
});
