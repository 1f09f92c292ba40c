import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import {
  claimsOf,
  requireSession,
  requireToken,
  sessionOf,
  withSession,
} from '../../client/src/express.js';
import { createLatchkeyNext } from '../../client/src/next.js';
import {
  beginHandover,
  createLatchkeyServer,
  LatchkeyError,
  type LatchkeyServer,
} from '../../client/src/server.js';
import { me, session } from '../support/accounts.js';
import { freePort } from '../support/free-port.mjs';
import { codeIn, handOver, HANDOVER_TARGETS, TARGET } from '../support/handover.js';
import type { Latchkey } from '../support/latchkey.js';
import { raw } from '../support/raw.js';
import { startWithSiblings, visitor, WEB } from '../support/servers.js';
import { ownPage } from '../support/tokens.js';

const API = 'https://api.test';

let latchkey: Latchkey;
let baseUrl: string;
let server: LatchkeyServer;
/** What stands between this server and the service: it counts, notes, and can answer itself. */
let proxy: Server;
let proxyUrl: string;
let seen: { url: string; cookies: string; address: unknown; body: string }[] = [];
let instead: ((url: string) => { status: number; body: string } | null) | null = null;

beforeAll(async () => {
  latchkey = await startWithSiblings({ TOKEN_AUDIENCES: API, HANDOVER_TARGETS });
  baseUrl = latchkey.config.publicUrl.href;
  const port = await freePort();
  proxyUrl = `http://127.0.0.1:${port}`;
  proxy = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = request;
      let body = '';
      for await (const part of request) body += String(part);
      const address = headers['x-latchkey-client-address'];
      seen.push({ url, cookies: headers.cookie ?? '', address, body });
      const own = instead?.(url);
      if (own) {
        response.writeHead(own.status, { 'Content-Type': 'application/json' }).end(own.body);
        return;
      }
      const { host: _, connection: __, ...others } = headers;
      const answer = await fetch(`http://127.0.0.1:${new URL(latchkey.url).port}${url}`, {
        method,
        headers: others as Record<string, string>,
        ...(body !== '' && { body }),
      });
      response.writeHead(answer.status, {
        'Content-Type': answer.headers.get('Content-Type') ?? '',
        ...(answer.headers.has('Retry-After') && { 'Retry-After': '7' }),
      });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  server = createLatchkeyServer({
    baseUrl,
    internalUrl: proxyUrl,
    serviceKey: WEB,
    audience: API,
  });
  // The first visitor who is nobody's: the key is right from then on.
  await server.getSession(asked(''));
});

beforeEach(() => {
  seen = [];
  instead = null;
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await latchkey.close();
});

const asked = (cookie: string) =>
  new Request('https://app.test/', { headers: cookie === '' ? {} : { cookie } });

async function failureOf(promise: Promise<unknown>): Promise<LatchkeyError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LatchkeyError) return error;
  throw error instanceof Error ? error : new Error('It has not failed.');
}

const serverWith = (serviceKey: string | undefined) =>
  createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, serviceKey });

describe('getSession', () => {
  it('tells who is signed in, by either cookie, and sends on no other', async () => {
    const { browser, full, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    const { id: sessionId } = await session(browser);
    for (const cookie of [full, domain]) {
      const found = await server.getSession(asked(`theirs=secret; ${cookie}; latchkey-x=1; b=2`));
      expect([found?.user.id, found?.session.id]).toEqual([id, sessionId]);
      expect(seen.pop()).toEqual({
        url: '/auth/introspect',
        cookies: '',
        address: undefined,
        body: JSON.stringify({ cookie }),
      });
    }
  });

  it('takes the headers of Node and of Fetch', async () => {
    const { browser, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    const headers = new Headers({ cookie: domain });
    expect((await server.getSession({ headers }))?.user.id).toBe(id);
    expect((await server.getSession({ headers: { cookie: domain } }))?.user.id).toBe(id);
  });

  it('leaves it to the service which of two cookies of one name is meant', async () => {
    const [ada, eve] = [await visitor(latchkey), await visitor(latchkey)];
    expect(await server.getSession(asked(`${ada.domain}; ${eve.domain}`))).toBeNull();
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ cookie: `${ada.domain}; ${eve.domain}` });
  });

  it.each(['', 'theirs=1', 'a=latchkey', 'latchkey=1', 'latchkey-pending=1; __Host-latchkey=2'])(
    'asks nobody about “%s”',
    async (cookie) => {
      expect(await server.getSession(asked(cookie))).toBeNull();
      expect(seen).toEqual([]);
    },
  );

  it('is null after a sign-out', async () => {
    const { browser, domain } = await visitor(latchkey);
    await browser.apiSend('post', '/auth/logout');
    expect(await server.getSession(asked(domain))).toBeNull();
    expect(seen.length).toBe(1);
  });

  it('names the person’s address, for which it is counted and recorded', async () => {
    const { domain } = await visitor(latchkey);
    await server.getSession(asked(domain), { clientAddress: '203.0.113.7' });
    expect(seen).toMatchObject([{ address: '203.0.113.7' }]);
  });

  it.each([
    [429, 'rate_limited'],
    [503, 'store_unavailable'],
    [502, 'internal_error'],
  ] as const)('throws at %s, which is not “signed out”', async (status, code) => {
    const { domain } = await visitor(latchkey);
    instead = () => ({ status, body: '<html>' });
    const error = await failureOf(server.getSession(asked(domain)));
    expect([error.code, error.status]).toEqual([code, status]);
  });

  it('throws with a wrong key, and without one', async () => {
    const { domain } = await visitor(latchkey);
    const wrong = createLatchkeyServer({
      baseUrl,
      internalUrl: proxyUrl,
      serviceKey: 'x'.repeat(43),
    });
    expect((await failureOf(wrong.getSession(asked(domain)))).code).toBe('unauthenticated');
    const none = createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, serviceKey: undefined });
    await expect(none.getSession(asked(domain))).rejects.toThrow('getSession needs serviceKey');
  });

  it.each([
    ['web:', 'of a name alone'],
    ['x'.repeat(31), 'that is too short'],
    [`${'x'.repeat(32)}\n`, 'with what a header cannot have'],
  ])('refuses a key at once %#: %j, %s', (serviceKey) => {
    expect(() => createLatchkeyServer({ baseUrl, serviceKey })).toThrow(
      'serviceKey has to be a secret of SERVICE_KEYS, without its name',
    );
  });

  describe('without a cookie', () => {
    const now = Date.now;

    afterEach(() => {
      Date.now = now;
    });

    it('asks once whether the key is right, whoever asks at the same time', async () => {
      const right = serverWith(WEB);
      const visitors = await Promise.all([1, 2, 3].map(() => right.getSession(asked(''))));
      expect(visitors).toEqual([null, null, null]);
      Date.now = () => now() + 3_600_000;
      expect(await right.getSession(asked('theirs=1'))).toBeNull();
      expect(seen.map(({ url, body }) => url + body)).toEqual(['/auth/introspect{"cookie":""}']);
    });

    it('tells that the key is wrong, and asks again after half a minute', async () => {
      const wrong = serverWith('x'.repeat(43));
      for (let count = 0; count < 3; count += 1) {
        const error = await failureOf(wrong.getSession(asked('')));
        expect([error.code, error.message]).toEqual([
          'unauthenticated',
          'X-Latchkey-Service-Key is none of SERVICE_KEYS. Send the secret alone, without its name.',
        ]);
      }
      expect(seen.length).toBe(1);
      Date.now = () => now() + 31_000;
      instead = () => ({ status: 200, body: '{"active":false}' });
      expect(await wrong.getSession(asked(''))).toBeNull();
      expect(seen.length).toBe(2);
    });

    it('tells that there is none, or a variable that is empty', async () => {
      for (const none of [undefined, '']) {
        await expect(serverWith(none).getSession(asked(''))).rejects.toThrow(
          'getSession needs serviceKey, one of SERVICE_KEYS.',
        );
      }
    });

    it.each([429, 503, 502])('is nobody while the service answers %s', async (status) => {
      instead = () => ({ status, body: '{}' });
      const busy = serverWith(WEB);
      expect(await busy.getSession(asked(''))).toBeNull();
      expect(await busy.getSession(asked(''))).toBeNull();
      expect(seen.length).toBe(1);
    });
  });

  it('takes the key nowhere else', async () => {
    const { domain } = await visitor(latchkey);
    const elsewhere = await freePort();
    const other = createServer((_request, response) => {
      response.writeHead(307, { Location: `${proxyUrl}/auth/introspect` }).end();
    });
    await new Promise<void>((resolve) => other.listen(elsewhere, '127.0.0.1', resolve));
    const led = createLatchkeyServer({
      baseUrl,
      internalUrl: `http://127.0.0.1:${elsewhere}`,
      serviceKey: WEB,
    });
    await expect(led.getSession(asked(domain))).rejects.toMatchObject({ name: 'TypeError' });
    expect(seen).toEqual([]);
    other.closeAllConnections();
    other.close();
  });
});

/** Somebody, and a token for the API that their page has asked for. */
async function tokenFor(): Promise<string> {
  const { full } = await visitor(latchkey);
  const { text } = await raw(`${latchkey.url}/auth/token`, {
    method: 'POST',
    headers: { Cookie: full, ...ownPage(latchkey) },
  });
  return (JSON.parse(text) as { accessToken: string }).accessToken;
}

describe('verifyToken', () => {
  it('asks for the keys once, whoever asks at the same time', async () => {
    const fresh = createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, audience: API });
    const token = await tokenFor();
    const claims = await Promise.all([1, 2, 3].map(() => fresh.verifyToken(token)));
    await fresh.verifyToken(token);
    expect(claims.map(({ aud, iss }) => `${aud} ${iss}`)).toEqual(
      Array(3).fill(`${API} ${baseUrl}`),
    );
    expect(seen.map(({ url }) => url)).toEqual(['/.well-known/jwks.json']);
  });

  it('asks for them again at a key that is not there, but not at each', async () => {
    const now = Date.now;
    try {
      const fresh = createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, audience: API });
      const token = await tokenFor();
      await fresh.verifyToken(token);
      const [, ...rest] = token.split('.');
      const header = Buffer.from(
        JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'another' }),
      ).toString('base64url');
      const unknown = [header, ...rest].join('.');
      for (let count = 0; count < 3; count += 1) {
        expect((await failureOf(fresh.verifyToken(unknown))).code).toBe('unauthenticated');
      }
      expect(seen.length).toBe(1);
      Date.now = () => now() + 31_000;
      for (let count = 0; count < 3; count += 1) {
        expect((await failureOf(fresh.verifyToken(unknown))).code).toBe('unauthenticated');
      }
      expect(seen.length).toBe(2);
    } finally {
      Date.now = now;
    }
  });

  it('keeps the keys for ten minutes: one that is retired is good for nothing after that', async () => {
    const now = Date.now;
    const fresh = createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, audience: API });
    const token = await tokenFor();
    await fresh.verifyToken(token);
    instead = () => ({ status: 200, body: '{"keys":[]}' });
    await fresh.verifyToken(token);
    try {
      Date.now = () => now() + 601_000;
      const error = await failureOf(fresh.verifyToken(token));
      expect(error.message).toBe('The token is signed with none of the published keys.');
    } finally {
      Date.now = now;
    }
  });

  it('is not the token’s fault when the keys cannot be had', async () => {
    const fresh = createLatchkeyServer({ baseUrl, internalUrl: proxyUrl, audience: API });
    instead = () => ({ status: 503, body: '{}' });
    expect((await failureOf(fresh.verifyToken(await tokenFor()))).code).toBe('store_unavailable');
    instead = null;
    expect(await fresh.verifyToken(await tokenFor())).toMatchObject({ aud: API });
  });

  it('is over half a minute after `exp`, at the latest', async () => {
    const now = Date.now;
    const token = await tokenFor();
    const { exp } = await server.verifyToken(token);
    try {
      Date.now = () => (exp + 29) * 1000;
      expect(await server.verifyToken(token)).toMatchObject({ exp });
      Date.now = () => (exp + 30) * 1000;
      expect((await failureOf(server.verifyToken(token))).message).toBe('The token is over.');
    } finally {
      Date.now = now;
    }
  });

  it('takes one spelling of a token', async () => {
    const token = await tokenFor();
    const last = token.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const nearly = alphabet[alphabet.indexOf(last) + 1] ?? 'B';
    for (const other of [token.slice(0, -1) + nearly, `${token}=`, `${token}.`, ` ${token}`]) {
      expect((await failureOf(server.verifyToken(other))).code).toBe('unauthenticated');
    }
  });
});

it('exchange makes a session of a code, once', async () => {
  const { handover, fields } = await beginHandover(TARGET);
  const back = await handOver(latchkey, { verifier: handover.codeVerifier, fields: { ...fields } });
  const answer = { code: codeIn(back), codeVerifier: handover.codeVerifier, target: TARGET };
  const { sessionToken, user } = await server.exchange(answer);
  expect(sessionToken).toMatch(/^lks_/);
  expect(user.displayName).toMatch(/^Person /);
  expect((await failureOf(server.exchange(answer))).code).toBe('invalid_grant');
});

const told: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response.status(503).json({ code: error instanceof LatchkeyError ? error.code : String(error) });
};

describe('Express', () => {
  let application: Server;
  let url: string;

  beforeAll(async () => {
    const app = express();
    app.get('/page', withSession(server), (_request, response) => {
      response.json({ id: sessionOf(response)?.user.id ?? null });
    });
    app.use('/members', requireSession(server, { appUrl: 'https://app.test/' }));
    app.get('/members/inbox', (_request, response) => {
      response.json({ id: sessionOf(response)?.user.id ?? null });
    });
    app.get('/api', requireToken(server), (_request, response) => {
      response.json({ id: claimsOf(response).sub });
    });
    app.use(told);
    application = app.listen(await freePort(), '127.0.0.1');
    await new Promise((resolve) => application.once('listening', resolve));
    const address = application.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });

  afterAll(() => {
    application.close();
  });

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, { headers });
    return [
      answer.status,
      await answer.json(),
      answer.headers.get('WWW-Authenticate'),
    ] as unknown[];
  };

  it('knows who is signed in', async () => {
    const { browser, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    expect(await get('/page', { cookie: domain })).toEqual([200, { id }, null]);
    expect(await get('/page')).toEqual([200, { id: null }, null]);
    instead = () => ({ status: 503, body: '{}' });
    expect(await get('/page', { cookie: domain })).toEqual([
      503,
      { code: 'store_unavailable' },
      null,
    ]);
  });

  const askFor = (method: string, accept: string) =>
    fetch(`${url}/members/inbox?a=b`, { method, headers: { accept }, redirect: 'manual' });

  it('lets only people pass who are signed in, and sends a navigation to sign in and back', async () => {
    const { browser, domain } = await visitor(latchkey);
    const { id } = await me(browser);
    expect(await get('/members/inbox', { cookie: domain })).toEqual([200, { id }, null]);
    const accept = 'text/html,*/*;q=0.8';
    const redirected = await askFor('GET', accept);
    expect([redirected.status, redirected.headers.get('Location')]).toEqual([
      302,
      `${baseUrl}/?returnTo=https%3A%2F%2Fapp.test%2Fmembers%2Finbox%3Fa%3Db`,
    ]);
    for (const refused of [await askFor('POST', accept), await askFor('GET', '*/*')]) {
      expect([refused.status, await refused.json()]).toEqual([
        401,
        { code: 'unauthenticated', detail: 'Nobody is signed in.' },
      ]);
    }
    instead = () => ({ status: 503, body: '{}' });
    expect((await get('/members/inbox', { cookie: domain }))[0]).toBe(503);
  });

  it('lets only tokens pass', async () => {
    const token = await tokenFor();
    const { sub: id } = await server.verifyToken(token);
    expect(await get('/api', { authorization: `Bearer ${token}` })).toEqual([200, { id }, null]);
    const refused = { code: 'unauthenticated', detail: expect.any(String) };
    expect(await get('/api')).toEqual([401, refused, 'Bearer']);
    expect(await get('/api', { authorization: `Bearer ${token}x` })).toEqual([
      401,
      refused,
      'Bearer error="invalid_token"',
    ]);
    expect(await get('/api', { authorization: `Basic ${token}` })).toEqual([
      401,
      refused,
      'Bearer',
    ]);
  });
});

const redirect = (to: string): never => {
  throw new Error(`to ${to}`);
};

describe('Next', () => {
  let cookie = '';
  const next = () =>
    createLatchkeyNext(server, {
      appUrl: 'https://app.test',
      headers: () => Promise.resolve(new Headers(cookie === '' ? {} : { cookie })),
      redirect,
    });

  afterEach(() => {
    cookie = '';
  });

  it('knows who is signed in', async () => {
    const { browser, domain } = await visitor(latchkey);
    cookie = `theme=dark; ${domain}`;
    const { id } = await me(browser);
    expect((await next().getSession())?.user.id).toBe(id);
    expect((await next().requireSession('/inbox')).user.id).toBe(id);
  });

  it('sends whoever is not to sign in, and back', async () => {
    expect(await next().getSession()).toBeNull();
    await expect(next().requireSession('/inbox?a=b')).rejects.toThrow(
      `to ${baseUrl}/?returnTo=https%3A%2F%2Fapp.test%2Finbox%3Fa%3Db`,
    );
  });

  it('sends them to the application’s own page, where it has one', async () => {
    const own = createLatchkeyServer({
      baseUrl,
      internalUrl: proxyUrl,
      serviceKey: WEB,
      signInPage: 'https://app.test/sign-in?theme=dark',
    });
    const { requireSession: required } = createLatchkeyNext(own, {
      appUrl: 'https://app.test',
      headers: () => new Headers(),
      redirect,
    });
    await expect(required('/inbox')).rejects.toThrow(
      'to https://app.test/sign-in?theme=dark&returnTo=https%3A%2F%2Fapp.test%2Finbox',
    );
    expect(() => createLatchkeyServer({ baseUrl, signInPage: '/sign-in' })).toThrow(
      'signInPage has to be whole, such as https://app.example.com/sign-in',
    );
  });
});
