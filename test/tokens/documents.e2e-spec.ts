import { afterEach, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { Browser, locationOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { problemOf, raw } from '../support/raw.js';
import { keySetOf, tokenOf, verified } from '../support/tokens.js';
import { takeStore } from '../support/take-store.js';

/* What is published for those who verify tokens. */

const KEYS = '/.well-known/jwks.json';
const METADATA = '/.well-known/oauth-authorization-server';

let latchkey: Latchkey;

const start = async (environment: Record<string, string> = {}) => {
  latchkey = await startLatchkey({ TOKEN_AUDIENCES: 'api', ...environment });
};

const read = (path: string, headers: Record<string, string> = {}) =>
  raw(new URL(path, latchkey.url).href, { headers });

afterEach(() => latchkey.close());

describe('the published keys', () => {
  it('are there from the start, by their thumbprints, and without their private halves', async () => {
    await start();
    const { keys } = await keySetOf(latchkey);
    const [key] = keys;
    expect(keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.stringMatching(/^[\w-]{43}$/),
        y: expect.stringMatching(/^[\w-]{43}$/),
        kid: await calculateJwkThumbprint(key ?? { kty: '' }),
        alg: 'ES256',
        use: 'sig',
      },
    ]);
  });

  it.each([KEYS, METADATA])('and %s may be read by anybody, and kept', async (path) => {
    await start({ ALLOWED_ORIGINS: 'https://app.test' });
    for (const origin of ['https://anybody.test', 'https://app.test', 'null', latchkey.url]) {
      const { status, headers } = await read(path, { Origin: origin });
      expect([origin, status, headers]).toEqual([
        origin,
        200,
        expect.objectContaining({
          'access-control-allow-origin': '*',
          'cache-control': 'public, max-age=600',
          'content-type': 'application/json; charset=utf-8',
        }),
      ]);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    const asked = await raw(latchkey.url + path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://anybody.test',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'traceparent',
      },
    });
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'traceparent',
    });
    const elsewhere = await read('/auth/session', { Origin: 'https://anybody.test' });
    expect(elsewhere.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('take no cookie with them to others', async () => {
    // Two of our names, which https answers by expiring both.
    await start({ PUBLIC_URL: 'https://id.test' });
    const twice = { Cookie: '__Host-latchkey=a; __Host-latchkey=b' };
    expect((await read('/auth/session', twice)).headers).toHaveProperty('set-cookie');
    expect((await read(KEYS, twice)).headers).not.toHaveProperty('set-cookie');
  });

  it('are not counted, as often as they are read', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '3' });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => read(at % 2 === 0 ? KEYS : METADATA)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await read('/auth/session')).status).toBe(200);
  });

  it('are not guessed while the store is away', async () => {
    await start();
    const bringBack = await takeStore(latchkey);
    try {
      const answer = await read(KEYS);
      expect(problemOf(answer)).toEqual([503, 'store_unavailable']);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect((await read(METADATA)).status).toBe(200);
    } finally {
      await bringBack();
    }
    expect((await read(KEYS)).status).toBe(200);
  });
});

describe('the metadata', () => {
  it('says who issues, and where the keys are', async () => {
    await start();
    const { text } = await read(METADATA);
    expect(JSON.parse(text)).toEqual({ issuer: latchkey.url, jwks_uri: latchkey.url + KEYS });
  });

  it('of an issuer with a path are where the standard has them', async () => {
    const port = String(await freePort());
    const issuer = `http://localhost:${port}/id/people`;
    await start({ PORT: port, PUBLIC_URL: issuer });
    for (const path of [
      `${METADATA}/id/people`,
      `${METADATA}/id/people?a=b`,
      `/id/people${METADATA}`,
    ]) {
      const { status, text, headers } = await read(path, { Origin: 'https://anybody.test' });
      expect([path, status, JSON.parse(text)]).toEqual([
        path,
        200,
        { issuer, jwks_uri: issuer + KEYS },
      ]);
      expect(headers['access-control-allow-origin']).toBe('*');
    }
    for (const path of [METADATA, `${METADATA}/id`, `${METADATA}/id/people/`, KEYS]) {
      expect([path, ...problemOf(await read(path))]).toEqual([path, 404, 'not_found']);
    }
    const browser = new Browser(latchkey);
    const atProvider = locationOf(await browser.get('/id/people/auth/google'));
    await browser.callback(await browser.consent(atProvider, { person: 'ada' }));
    expect(await verified(latchkey, await tokenOf(latchkey, browser), 'api')).toMatchObject({
      iss: issuer,
    });
  });
});
