import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { accountSuite } from '../support/account-suite.js';
import { me, sessionCookie, sessionList, signedIn, somebody } from '../support/accounts.js';
import { namesOf } from '../support/cookies.js';
import {
  APP,
  asApp,
  type Bearer,
  bearerOf,
  HANDOVER_TARGETS,
  PROGRAM,
  SITE,
  TARGET,
} from '../support/handover.js';

const FRONT_END = 'https://front.example';
const HOUR = 3_600_000;

const latchkey = accountSuite({ HANDOVER_TARGETS, ALLOWED_ORIGINS: FRONT_END });

const get = (bearer: Pick<Bearer, 'sessionToken'>, path = '/users/me') =>
  asApp(latchkey, bearer, 'get', path);

const rowOf = async ({ user }: Bearer) =>
  latchkey.database
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', user.id)
    .where('kind', '=', 'app')
    .executeTakeFirstOrThrow();

describe('a bearer', () => {
  it('is known wherever a browser is', async () => {
    const bearer = await bearerOf(latchkey);
    for (const path of [
      '/users/me',
      '/users/me/identities',
      '/users/me/sessions',
      '/users/me/activity',
      '/auth/session',
    ]) {
      expect([path, (await get(bearer, path)).status]).toEqual([path, 200]);
    }
    expect((await get(bearer, '/auth/session')).body).toMatchObject({
      user: { id: bearer.user.id },
    });
  });

  it('may be written as the standard has it', async () => {
    const { sessionToken } = await bearerOf(latchkey);
    for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) {
      const answer = await request(latchkey.url)
        .get('/users/me')
        .set('Authorization', `${scheme} ${sessionToken}`);
      expect([scheme, answer.status]).toEqual([scheme, 200]);
    }
  });

  it('that is worth nothing is 401, whatever cookie is beside it', async () => {
    const browser = await signedIn(latchkey);
    const cookie = await sessionCookie(browser);
    const tokens = [
      `lks_${randomBytes(32).toString('base64url')}`,
      'lks_',
      'lks_x',
      // What is in the cookie is no bearer, whatever is put before it.
      `lks_${decodeURIComponent(cookie).slice(2).split('.')[0]}`,
    ];
    for (const token of tokens) {
      for (const path of ['/users/me', '/auth/session', '/users/me/sessions']) {
        const answer = await browser.api(path, { Authorization: `Bearer ${token}` });
        expect([token, path, answer.status]).toEqual([token, path, 401]);
      }
      const signOut = await browser.apiSend('post', '/auth/logout', {
        Authorization: `Bearer ${token}`,
      });
      expect([signOut.status, signOut.headers['set-cookie']]).toEqual([401, undefined]);
    }
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('decides alone, beside a cookie', async () => {
    const browser = await signedIn(latchkey);
    const bearer = await bearerOf(latchkey);
    const answer = await browser.api('/users/me', {
      Authorization: `Bearer ${bearer.sessionToken}`,
    });
    expect((answer.body as { id: string }).id).toBe(bearer.user.id);
    expect((await me(browser)).id).not.toBe(bearer.user.id);
  });

  it('is worth nothing as a cookie', async () => {
    const { sessionToken } = await bearerOf(latchkey);
    const { signedCookie } = await import('../support/cookies.js');
    const [secret = ''] = latchkey.config.secrets;
    const Cookie = `${namesOf(latchkey).session}=${signedCookie(sessionToken, secret)}`;
    expect((await request(latchkey.url).get('/users/me').set({ Cookie })).status).toBe(401);
  });

  it.each(['Basic dXNlcjp3b3Jk', 'Bearer eyJhbGciOi.x.y', 'Bearer', 'Bearer LKS_x', 'lks_x', ''])(
    'is not what another Authorization is: %j',
    async (authorization) => {
      const browser = await signedIn(latchkey);
      const answer = await browser.api('/users/me', { Authorization: authorization });
      expect(answer.status).toBe(200);
      const without = await request(latchkey.url)
        .get('/auth/session')
        .set('Authorization', authorization);
      expect(without.body).toMatchObject({ user: null });
    },
  );

  it('is not read in a query or a form', async () => {
    const { sessionToken } = await bearerOf(latchkey);
    for (const name of ['access_token', 'token', 'sessionToken', 'authorization', 'bearer']) {
      const inQuery = await request(latchkey.url).get(`/users/me?${name}=${sessionToken}`);
      const inForm = await request(latchkey.url)
        .post('/users/me/export')
        .type('form')
        .send({ [name]: sessionToken });
      expect([name, inQuery.status, inForm.status]).toEqual([name, 401, 401]);
    }
  });

  it('passes no check of where it comes from, since it needs none', async () => {
    const bearer = await bearerOf(latchkey);
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://anywhere.test' };
    const answer = await asApp(latchkey, bearer, 'delete', '/users/me/sessions', headers);
    expect(answer.status).toBe(204);
  });

  it.each<['get' | 'post', string]>([
    ['get', '/auth/google'],
    ['post', '/auth/google'],
    ['get', '/auth/google/callback?code=x&state=y'],
    ['post', '/auth/pending-link?decision=separate'],
  ])('begins no browser’s session: %s %s', async (method, path) => {
    const bearer = await bearerOf(latchkey);
    const answer = await asApp(latchkey, bearer, method, path);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([400, undefined]);
  });

  it('has neither stepped up nor asked, though the provider was', async () => {
    const bearer = await bearerOf(latchkey);
    const { id } = await rowOf(bearer);
    const proofs = await latchkey.database
      .selectFrom('session_proofs')
      .selectAll()
      .where('session_id', '=', id)
      .execute();
    expect(proofs).toMatchObject([{ first_assurance: 'none', asked_at: null, proven_at: null }]);
    for (const [method, path] of [
      ['post', '/users/me/export'],
      ['delete', '/users/me'],
    ] as const) {
      const answer = await asApp(latchkey, bearer, method, path);
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([
        403,
        'reauth_required',
      ]);
    }
  });

  it('counts from the provider’s answer', async () => {
    const bearer = await bearerOf(latchkey);
    const { created_at: createdAt, authenticated_at: authenticatedAt } = await rowOf(bearer);
    const { answered_at: answeredAt } = await latchkey.database
      .selectFrom('handovers')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect([createdAt, authenticatedAt]).toEqual([answeredAt, answeredAt]);
  });
});

describe('the session of an application', () => {
  it('of a site lasts an hour without a request, and twelve at most', async () => {
    const bearer = await bearerOf(latchkey);
    const row = await rowOf(bearer);
    expect([row.target, row.idle_ms, row.expires_at - row.created_at]).toEqual([
      TARGET,
      HOUR,
      12 * HOUR,
    ]);
    const seen = (last_seen_at: number) =>
      latchkey.database.updateTable('sessions').set({ last_seen_at }).execute();
    await seen(Date.now() - HOUR + 60_000);
    expect((await get(bearer)).status).toBe(200);
    await seen(Date.now() - HOUR - 1000);
    expect((await get(bearer)).status).toBe(401);
    expect(await sessionList(await signedIn(latchkey))).toHaveLength(1);
  });

  it.each([APP, PROGRAM])('of %s lasts as a browser’s does', async (target) => {
    const row = await rowOf(await bearerOf(latchkey, somebody(), target));
    const { absoluteSeconds } = latchkey.config.sessions;
    expect([row.target, row.idle_ms, row.expires_at - row.created_at]).toEqual([
      target,
      null,
      absoluteSeconds * 1000,
    ]);
  });

  it('is listed with its target, and revoked', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const bearer = await bearerOf(latchkey, person);
    const list = await sessionList(browser);
    const shown = list.map(({ kind, target, current }) => [kind, target, current]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['browser', null, true],
        ['app', TARGET, false],
      ]),
    );
    const id = list.find(({ kind }) => kind === 'app')?.id;
    const page = await browser.get('/account');
    expect(page.text).toContain('app.other.example');
    expect((await browser.apiSend('delete', `/users/me/sessions/${id}`)).status).toBe(204);
    expect((await get(bearer)).status).toBe(401);
  });

  it('ends at its own wish, without touching a browser', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const bearer = await bearerOf(latchkey, person);
    const answer = await browser.apiSend('post', '/auth/logout', {
      Authorization: `Bearer ${bearer.sessionToken}`,
    });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([204, undefined]);
    expect((await get(bearer)).status).toBe(401);
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('ends at once where another instance has taken its target out', async () => {
    const person = somebody();
    const bearer = await bearerOf(latchkey, person);
    await latchkey.database
      .updateTable('sessions')
      .set({ target: 'https://gone.example/cb' })
      .execute();
    expect((await get(bearer)).status).toBe(401);
    const list = await sessionList(await signedIn(latchkey, 'google', person));
    expect(list.map(({ kind }) => kind)).toEqual(['browser']);
  });

  it('takes no place of a browser’s', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const bearer = await bearerOf(latchkey, person);
    const row = await rowOf(bearer);
    await latchkey.database
      .insertInto('sessions')
      .values(
        Array.from({ length: 99 }, (_, at) => ({
          ...row,
          id: `app ${at}`,
          token_hash: `app ${at}`,
        })),
      )
      .execute();
    await bearerOf(latchkey, person);
    const apps = await latchkey.database
      .selectFrom('sessions')
      .select('id')
      .where('kind', '=', 'app')
      .execute();
    expect(apps).toHaveLength(100);
    const ended = await latchkey.database
      .selectFrom('activity')
      .select('id')
      .where('event', '=', 'oldest_sessions_ended')
      .execute();
    expect(ended).toHaveLength(1);
    expect((await browser.api('/users/me')).status).toBe(200);
  });
});

describe('a page of a target', () => {
  it.each([
    '/auth/session/exchange',
    '/auth/session/complete',
    '/auth/session',
    '/auth/logout',
    '/auth/token',
    '/auth/google/link',
    '/auth/twitter/reauthenticate',
    '/users/me',
    '/users/me/sessions/x',
  ])('may ask %s, without credentials', async (path) => {
    for (const origin of [SITE, 'https://pr-1.preview.example.dev']) {
      const { headers } = await preflight(path, origin);
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['access-control-allow-headers']).toBe('authorization');
    }
  });

  it.each([
    '/auth/google',
    '/auth/google/callback',
    '/auth/handover/confirm',
    '/auth/pending-link',
    '/auth/providers',
    '/auth/verify',
    '/auth/introspect',
    '/account',
    '/',
    '/users/mere',
    '/health/live',
  ])('may not ask %s', async (path) => {
    const { headers } = await preflight(path, SITE);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('of an app or a program, or of a stranger, may ask nothing', async () => {
    for (const origin of [
      'http://127.0.0.1:51234',
      'com.example.app:',
      'https://evil.test',
      'null',
    ]) {
      const { headers } = await preflight('/users/me', origin);
      expect([origin, headers['access-control-allow-origin']]).toEqual([origin, undefined]);
    }
  });

  it('reads and changes nothing with a cookie', async () => {
    const browser = await signedIn(latchkey);
    const headers = { Origin: SITE, 'Sec-Fetch-Site': 'same-site' };
    const read = await browser.api('/users/me', headers);
    expect(read.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await browser.apiSend('post', '/auth/logout', headers)).status).toBe(403);
    expect((await browser.apiSend('delete', '/users/me/sessions', headers)).status).toBe(403);
  });

  it('of a front end keeps its credentials', async () => {
    const { headers } = await preflight('/users/me', FRONT_END);
    expect(headers['access-control-allow-credentials']).toBe('true');
  });
});

function preflight(path: string, origin: string) {
  return request(latchkey.url).options(path).set({
    Origin: origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'authorization',
  });
}
