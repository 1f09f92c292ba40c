import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { me } from '../support/accounts.js';
import { namesOf } from '../support/cookies.js';
import {
  asApp,
  type Bearer,
  bearerOf,
  begin,
  codeIn,
  handOver,
  HANDOVER_TARGETS,
  TARGET,
} from '../support/handover.js';
import type { Latchkey } from '../support/latchkey.js';
import { problemOf, raw, type RawAnswer } from '../support/raw.js';
import { ask, startWithSiblings, visitor, WEB, withKey } from '../support/servers.js';

/* One credential where another belongs, at each route for other sites, apps and servers: docs/security/attacks.md. */

const API = 'https://api.test';
const VERIFY = 'GET /auth/verify';
const INTROSPECT = 'POST /auth/introspect';
const TOKEN = 'POST /auth/token';
const LINK = 'POST /auth/twitter/link';
const STEP_UP = 'POST /auth/google/reauthenticate';
const COMPLETE = 'POST /auth/session/complete';
const EXCHANGE = 'POST /auth/session/exchange';

/** Those at which an application is known by its bearer. */
const TAKE_BEARER = [VERIFY, TOKEN, LINK, STEP_UP, COMPLETE];

let latchkey: Latchkey;
let app: Bearer;

beforeAll(async () => {
  latchkey = await startWithSiblings({
    HANDOVER_TARGETS,
    TOKEN_AUDIENCES: API,
    TRUST_PROXY: 'loopback',
  });
});

beforeEach(async () => {
  app = await bearerOf(latchkey);
});

afterAll(() => latchkey.close());

/** What each is sent, so that nothing but the credential is wrong. */
const bodies: Record<string, object | undefined> = {
  [INTROSPECT]: { cookie: '' },
  [TOKEN]: { audience: API },
  [LINK]: begin().fields,
  [STEP_UP]: begin().fields,
  [COMPLETE]: { code: begin().verifier, codeVerifier: begin().verifier },
  [EXCHANGE]: { code: begin().verifier, codeVerifier: begin().verifier, target: TARGET },
};

function send(
  route: string,
  headers: Record<string, string> = {},
  { query = '', body = bodies[route] }: { query?: string; body?: object | undefined } = {},
): Promise<RawAnswer> {
  const [method = '', path = ''] = route.split(' ');
  return raw(`${latchkey.url}${path}${query}`, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const bearing = (token: string) => ({ Authorization: `Bearer ${token}` });

const tokenIn = ({ text }: RawAnswer) => (JSON.parse(text) as { accessToken: string }).accessToken;

const subjectIn = (answer: RawAnswer) => decodeJwt(tokenIn(answer)).sub;

/** Whether introspection shows somebody by a cookie. */
const active = async (cookie: string) =>
  (await send(INTROSPECT, withKey(), { body: { cookie } })).text.startsWith('{"active":true');

/** A server asks for a token, with its key. */
const asked = (Cookie: string) => send(TOKEN, { Cookie, ...withKey() });

it('the requests of this suite are good with the credential that belongs there', async () => {
  const statuses = await Promise.all(
    TAKE_BEARER.map(async (route) => (await send(route, bearing(app.sessionToken))).status),
  );
  // No recent sign-in, and no such code.
  expect(statuses).toEqual([200, 200, 403, 200, 400]);
});

describe.each(TAKE_BEARER)('%s', (route) => {
  it('reads no bearer in a query, a field or another header', async () => {
    const { sessionToken } = app;
    for (const name of ['access_token', 'token', 'sessionToken', 'authorization', 'bearer']) {
      const inQuery = await send(route, {}, { query: `?${name}=${sessionToken}` });
      // A parameter that it does not know: 400, to whoever.
      expect([name, inQuery.status]).toEqual([name, route === VERIFY ? 400 : 401]);
      const body = { ...bodies[route], [name]: sessionToken };
      const inField = route === VERIFY ? 401 : (await send(route, {}, { body })).status;
      expect([name, inField]).toEqual([name, 401]);
    }
    for (const name of ['Proxy-Authorization', 'X-Authorization', 'X-Access-Token']) {
      expect((await send(route, { [name]: `Bearer ${sessionToken}` })).status).toBe(401);
    }
  });

  it('takes no bearer that is made up, altered or over', async () => {
    const { sessionToken } = app;
    expect((await asApp(latchkey, app, 'post', '/auth/logout')).status).toBe(204);
    for (const token of [sessionToken, `lks_${begin().verifier}`, `${sessionToken}x`, 'lks_']) {
      const answer = await send(route, bearing(token));
      expect(problemOf(answer)).toEqual([401, 'unauthenticated']);
      expect(answer.headers['x-latchkey-user']).toBeUndefined();
    }
  });

  it('takes no token that is for another service', async () => {
    const jwt = tokenIn(await send(TOKEN, bearing(app.sessionToken)));
    const { session, domain } = namesOf(latchkey);
    for (const headers of [
      bearing(jwt),
      bearing(`lks_${jwt}`),
      { Cookie: `${session}=${jwt}` },
      { Cookie: `${domain}=${jwt}; ${session}=s%3A${jwt}` },
    ]) {
      expect(problemOf(await send(route, headers))).toEqual([401, 'unauthenticated']);
    }
  });
});

describe('a session whose time is over', () => {
  it('shows nobody, by whatever credential, anywhere', async () => {
    const one = await visitor(latchkey);
    expect([await active(one.full), await active(one.domain)]).toEqual([true, true]);
    await latchkey.database.updateTable('sessions').set({ expires_at: Date.now() }).execute();
    expect([await active(one.full), await active(one.domain)]).toEqual([false, false]);
    for (const route of TAKE_BEARER) {
      for (const headers of [
        bearing(app.sessionToken),
        { Cookie: one.full },
        { Cookie: one.domain, ...withKey() },
      ]) {
        expect(problemOf(await send(route, headers))).toEqual([401, 'unauthenticated']);
      }
    }
  });
});

describe('beside a bearer', () => {
  it('no cookie counts, whose ever it is', async () => {
    const [one, other] = [await visitor(latchkey), await visitor(latchkey)];
    for (const Cookie of [one.full, one.domain, `${one.domain}; ${other.domain}; ${other.full}`]) {
      const headers = { Cookie, ...bearing(app.sessionToken) };
      const verified = await send(VERIFY, headers);
      expect(verified.headers['x-latchkey-user']).toBe(app.user.id);
      const token = await send(TOKEN, headers);
      expect(subjectIn(token)).toBe(app.user.id);
      for (const route of TAKE_BEARER) {
        expect((await send(route, headers)).headers['set-cookie']).toBeUndefined();
      }
    }
  });
});

describe('a server that asks for a token', () => {
  it('gets none where two Domain cookies live', async () => {
    const [one, other] = [await visitor(latchkey), await visitor(latchkey)];
    expect(subjectIn(await asked(one.domain))).toBe((await me(one.browser)).id);
    const tossed = await asked(`${other.domain}; ${one.domain}`);
    expect(problemOf(tossed)).toEqual([401, 'unauthenticated']);
  });
});

describe('introspection', () => {
  it('shows nobody by a bearer or a token in the place of a cookie', async () => {
    const jwt = tokenIn(await send(TOKEN, bearing(app.sessionToken)));
    const { session, domain } = namesOf(latchkey);
    for (const credential of [app.sessionToken, jwt]) {
      for (const name of [session, domain]) {
        const body = { cookie: `${name}=${credential}; Authorization=Bearer ${credential}` };
        const headers = { ...withKey(), ...bearing(credential) };
        const answer = await send(INTROSPECT, headers, { body });
        expect([answer.status, answer.text]).toEqual([200, '{"active":false}']);
      }
    }
  });
});

describe('the exchange', () => {
  it('reads, sets and ends no cookie', async () => {
    const one = await visitor(latchkey);
    const begun = begin();
    const code = codeIn(await handOver(latchkey, begun));
    const body = { code, codeVerifier: begun.verifier, target: TARGET };
    const answer = await send(EXCHANGE, { Cookie: `${one.full}; ${one.domain}` }, { body });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined]);
    const { user } = JSON.parse(answer.text) as Bearer;
    const { id } = await me(one.browser);
    expect(user.id).not.toBe(id);
  });

  it('takes no bearer and no token for a code', async () => {
    const jwt = tokenIn(await send(TOKEN, bearing(app.sessionToken)));
    for (const code of [app.sessionToken, jwt.slice(0, 128)]) {
      const body = { ...bodies[EXCHANGE], code };
      expect(problemOf(await send(EXCHANGE, {}, { body }))).toEqual([400, 'invalid_grant']);
    }
    for (const ticket of [app.sessionToken, jwt]) {
      const opened = await send('GET /auth/twitter/continue', {}, { query: `?ticket=${ticket}` });
      expect(problemOf(opened)).toEqual([404, 'not_found']);
    }
  });
});

describe('what a client says under a proxy’s names', () => {
  const smuggled = {
    'X-Latchkey-User': '0199c7d2-0000-7000-8000-000000000001',
    'X-Latchkey-Email': 'eve@example.test',
    'X-Latchkey-Client-Address': '203.0.113.7',
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Uri': '/evil',
  };

  it('names nobody, and leads nowhere', async () => {
    const headers = { ...smuggled, ...bearing(app.sessionToken) };
    const verified = await send(VERIFY, headers);
    expect(verified.headers['x-latchkey-user']).toBe(app.user.id);
    expect(subjectIn(await send(TOKEN, headers))).toBe(app.user.id);
    const { url } = JSON.parse((await send(STEP_UP, headers)).text) as { url: string };
    expect(url.startsWith(`${latchkey.environment['PUBLIC_URL']}/auth/google/continue?`)).toBe(
      true,
    );
    for (const route of TAKE_BEARER) {
      expect((await send(route, smuggled)).status).toBe(401);
    }
    expect(problemOf(await send(EXCHANGE, smuggled))).toEqual([400, 'invalid_grant']);
  });

  it('changes no issuer and no key', async () => {
    for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/jwks.json']) {
      const told = await ask(latchkey, path, smuggled);
      expect([told.status, told.text]).toEqual([200, (await ask(latchkey, path)).text]);
      expect(told.text).not.toContain('evil');
    }
  });

  it.each([...TAKE_BEARER, INTROSPECT, EXCHANGE])(
    'is no service key beside what browsers send: %s',
    async (route) => {
      const headers = { 'X-Latchkey-Service-Key': WEB, 'Sec-Fetch-Site': 'same-origin' };
      const answer = await send(route, headers);
      expect(problemOf(answer)).toEqual([403, 'service_key_in_browser']);
    },
  );
});
