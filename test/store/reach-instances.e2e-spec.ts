import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  answer,
  answerFor,
  asApp,
  askAsApp,
  type Bearer,
  begin,
  codeIn,
  completeAsApp,
  exchange,
  HANDOVER_TARGETS,
  startByForm,
  TARGET,
  urlIn,
} from '../support/handover.js';
import { type Instances, startInstances } from '../support/instances.js';
import { onPostgres } from '../support/on-store.js';
import { ask, introspect, WEB } from '../support/servers.js';

jest.setTimeout(60_000);

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
    instances = await startInstances({ HANDOVER_TARGETS, SERVICE_KEYS: `web:${WEB}` });
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
});
