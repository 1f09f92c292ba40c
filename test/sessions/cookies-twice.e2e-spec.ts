import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import {
  me,
  outcomeOf,
  sessionAnswer,
  sessionCookie,
  signedIn,
  somebody,
  worthOf,
} from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { cookieOf, namesOf, setCookies, signedCookie } from '../support/cookies.js';
import { freePort } from '../support/free-port.mjs';
import {
  begin,
  CONFIRM,
  HANDOVER_TARGETS,
  handOverByLink,
  idOn,
  PROGRAM,
} from '../support/handover.js';
import type { Latchkey } from '../support/latchkey.js';
import { clientsOf, providerKeys } from '../support/registration.js';
import { compileService, ready, spawnService, stop } from '../support/service-process.js';

const SECRET = 'the-secret-of-this-suite-0123456789';

/** A Cookie header that has a name as often as there are values. */
const header = (name: string, ...values: string[]) => ({
  Cookie: values.map((value) => `${name}=${value}`).join('; '),
});

interface Service extends Pick<Latchkey, 'url' | 'environment'> {
  output(): string;
}

let compiled: ReturnType<typeof compileService>;
const running: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  compiled = compileService();
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((end) => end()));
  compiled.remove();
});

/** Starts the service as a process of its own, whose log can be read. */
async function startService(publicUrl?: string): Promise<Service> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const PUBLIC_URL = publicUrl ?? url;
  const clients = clientsOf(PUBLIC_URL);
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients });
  const environment = {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL,
    SESSION_SECRET: SECRET,
    HANDOVER_TARGETS,
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...providerKeys,
    ...sandbox.settings,
  };
  const service = spawnService(compiled.main, environment);
  running.push(
    () => stop(service),
    () => sandbox.close(),
  );
  await ready(url, service);
  return { url, environment, output: () => service.output() };
}

/** What the log says of an answer. */
async function lineOf(service: Service, { headers }: Response): Promise<unknown> {
  const id = `"requestId":"${headers['x-request-id']}","method"`;
  const find = () =>
    service
      .output()
      .split('\n')
      .find((line) => line.includes(id));
  // The pipe may bring it later than the answer came.
  for (let tries = 0; tries < 60 && find() === undefined; tries += 1) await sleep(50);
  return JSON.parse(find() ?? 'null');
}

describe('one of our cookies twice, on https', () => {
  let service: Service;
  const names = namesOf({ url: 'https://id.test' });

  beforeAll(async () => {
    service = await startService('https://id.test');
  }, 60_000);

  it('believes neither session, expires both, and says so in the log', async () => {
    const own = await sessionCookie(await signedIn(service));
    const other = await sessionCookie(await signedIn(service));
    for (const values of [
      [own, other],
      [own, 'x'],
      ['x', own],
      [own, own],
      [own, ''],
    ]) {
      const response = await new Browser(service).api(
        '/users/me',
        header(names.session, ...values),
      );
      expect(response.status).toBe(401);
      expect(setCookies(response)).toHaveLength(1);
      const { value, flags } = cookieOf(response, names.session);
      expect([value, ...flags]).toEqual([
        '',
        'Path=/',
        'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
        'HttpOnly',
        'Secure',
        'SameSite=Lax',
      ]);
      expect(await lineOf(service, response)).toMatchObject({
        status: 401,
        cookiesTwice: [names.session],
      });
    }
    expect(service.output()).not.toContain(own.slice(4, 24));
    const alone = await new Browser(service).api('/users/me', header(names.session, own));
    expect(alone.status).toBe(200);
    expect(await lineOf(service, alone)).not.toHaveProperty('cookiesTwice');
  });

  it.each<[string, (browser: Browser, headers: { Cookie: string }) => Promise<unknown>]>([
    ['a page', (browser, headers) => browser.get('/account', headers)],
    ['a sign-out', (browser, headers) => browser.apiSend('post', '/auth/logout', headers)],
    ['a start', (browser, headers) => browser.get('/auth/google?prompt=login', headers)],
    ['a link', (browser, headers) => browser.apiSend('post', '/auth/twitter/link', headers)],
  ])('believes neither session at %s', async (_what, act) => {
    const browser = await signedIn(service);
    const [before, cookie] = [await me(browser), await sessionCookie(browser)];
    await act(new Browser(service), header(names.session, cookie, cookie));
    expect(await me(browser)).toEqual(before);
  });

  it('lets the browser sign in anew', async () => {
    const browser = new Browser(service);
    const callback = await browser.consent(await browser.start('google'), somebody());
    const attempt = await browser.jar.getCookieString(service.url);
    const planted = header(names.session, 'x', 'y').Cookie;
    const response = await browser.callback(callback, { Cookie: `${planted}; ${attempt}` });
    expect(outcomeOf(response)).toBe('/account');
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('believes neither attempt, with another start or the same, and expires both', async () => {
    for (const start of ['', 'aaaaaaaa']) {
      const browser = new Browser(service);
      const callback = await browser.consent(await browser.start('google'), somebody());
      const [[name, sealed] = ['', '']] = Object.entries(await browser.cookies());
      const planted = start === '' ? name : name.replace(/[^-]*$/, start);
      const response = await browser.callback(callback, {
        Cookie: `${planted}=${sealed}; ${name}=${sealed}`,
      });
      expect(outcomeOf(response)).toBe('invalid_state');
      const gone = new Set([planted, name]);
      expect(setCookies(response)).toHaveLength(gone.size);
      for (const each of gone) expect(cookieOf(response, each).value).toBe('');
    }
  });

  it('believes neither pending link, and expires both', async () => {
    const email = 'twice@example.test';
    const owner = await signedIn(service, 'google', somebody({ email }));
    const browser = new Browser(service);
    const refused = await browser.signIn('twitter', somebody({ email }));
    const { value } = cookieOf(refused, names.pending);
    const session = header(names.session, await sessionCookie(owner)).Cookie;
    const ask = (...values: string[]) =>
      browser.api('/auth/session', {
        Cookie: `${session}; ${header(names.pending, ...values).Cookie}`,
      });
    expect((await ask(value)).body).toMatchObject({ pendingLink: { provider: 'twitter' } });
    const twice = await ask(value, value);
    expect(twice.body).toMatchObject({ pendingLink: null, user: { id: (await me(owner)).id } });
    expect(setCookies(twice)).toHaveLength(1);
    expect(cookieOf(twice, names.pending).value).toBe('');
  });

  it('believes neither question of a hand-over, and expires both', async () => {
    const browser = new Browser(service);
    const page = await handOverByLink(browser, begin(PROGRAM));
    const fields = { handover: idOn(page), decision: 'yes' };
    const { [names.handover]: value = '' } = await browser.cookies();
    const own = { 'Sec-Fetch-Site': 'same-origin' };
    const asked = await new Browser(service).get(CONFIRM, header(names.handover, value));
    expect(idOn(asked)).toBe(fields.handover);
    const twice = header(names.handover, value, value);
    const seen = await new Browser(service).get(CONFIRM, twice);
    expect([seen.status, cookieOf(seen, names.handover).value]).toEqual([404, '']);
    const answered = await new Browser(service).post(CONFIRM, fields, { ...own, ...twice });
    expect([answered.status, answered.headers['location']]).toEqual([404, undefined]);
  });

  it('does not mind those of others', async () => {
    const own = await sessionCookie(await signedIn(service));
    const others = ['latchkey', '__Host-latchkey-0123abcd', '__Host-latchkey-x']
      .flatMap((name) => [`${name}=1`, `${name}=2`])
      .join('; ');
    const { Cookie } = header(names.session, own);
    const response = await new Browser(service).api('/users/me', {
      Cookie: `${others}; ${Cookie}; ${others}`,
    });
    expect([response.status, setCookies(response)]).toEqual([200, []]);
  });
});

describe('on http', () => {
  let one: Service;
  let other: Service;

  beforeAll(async () => {
    [one, other] = [await startService(), await startService()];
  }, 60_000);

  it('the first session that lives counts, where there are several', async () => {
    const [ada, grace, left] = [await signedIn(one), await signedIn(one), await signedIn(one)];
    const [own, next, dead] = [
      await sessionCookie(ada),
      await sessionCookie(grace),
      await sessionCookie(left),
    ];
    expect((await left.apiSend('post', '/auth/logout')).status).toBe(204);
    const unknown = signedCookie('x'.repeat(32), SECRET);
    const { session } = namesOf(one);
    const who = async (...values: string[]) => {
      const response = await new Browser(one).api('/users/me', header(session, ...values));
      expect(setCookies(response)).toEqual([]);
      return (response.body as { id?: string }).id ?? response.status;
    };
    const [first, second] = [(await me(ada)).id, (await me(grace)).id];
    expect(await who(own, next)).toBe(first);
    expect(await who(next, own)).toBe(second);
    expect(await who('x', dead, unknown, own, next)).toBe(first);
    expect(await who(dead, unknown)).toBe(401);

    const out = header(session, 'x', dead, own, next);
    expect((await new Browser(one).apiSend('post', '/auth/logout', out)).status).toBe(204);
    expect([await worthOf(one, own), await worthOf(one, next)]).toEqual([401, 200]);
  });

  it('two services on one host do not meet', async () => {
    const browser = new Browser(one);
    const elsewhere = new Browser(other, undefined, browser.jar);
    await browser.signIn('google', somebody());
    await elsewhere.signIn('google', somebody());
    const both = [await me(browser), await me(elsewhere)];

    const open = await browser.start('twitter');
    for (let tab = 0; tab < 6; tab += 1) await elsewhere.start('facebook');
    const callback = await browser.callback(await browser.consent(open, somebody()));
    expect(locationOf(callback)).toBe('/account');

    expect([await me(browser), await me(elsewhere)]).toEqual([expect.anything(), both[1]]);
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    expect((await browser.api('/users/me')).status).toBe(401);
    expect((await sessionAnswer(elsewhere)).user?.id).toBe(both[1]?.id);
  });
});
