import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { runDiagnosis } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { type Meddling, type MeddlingProxy, startProxy } from '../support/meddling-proxy.js';

let latchkey: Latchkey;
let proxy: MeddlingProxy;

const examine = (overrides: Record<string, string> = {}) =>
  runDiagnosis({ ...latchkey.environment, ...overrides }, { request: true });

/** What a proxy leaves out of a request. */
const without =
  (name: string): NonNullable<Meddling['toService']> =>
  ({ [name]: _left, ...headers }) =>
    headers;

beforeAll(async () => {
  const port = await freePort();
  proxy = await startProxy(port);
  latchkey = await startLatchkey({
    PORT: String(port),
    PUBLIC_URL: proxy.url,
    TRUST_PROXY: 'loopback',
  });
});

afterEach(() => {
  proxy.meddling = {};
});

afterAll(async () => {
  await latchkey.close();
  await proxy.close();
});

it('accepts a proxy that passes everything on', async () => {
  const { isBroken, findings } = await examine();
  expect(findings.filter(({ check }) => check === 'request').map(({ message }) => message)).toEqual(
    [
      `${proxy.url} leads to the service.`,
      'The service that runs has the same providers on: google, twitter, facebook.',
      `A sign-in with Google starts, with the redirect URI ${proxy.url}/auth/google/callback.`,
      'Its cookie arrives with HttpOnly, SameSite=Lax, Path=/.',
      'Sec-Fetch-Site arrives: requests by other sites are refused.',
      'Origin arrives: requests by other sites are refused.',
    ],
  );
  expect(isBroken).toBe(false);
});

it.each<[what: string, meddling: Meddling, message: RegExp, action: RegExp]>([
  [
    'removes cookies',
    { toBrowser: without('set-cookie') },
    /cookie latchkey-[\da-f]{8}-attempt-… does not arrive/,
    /pass Set-Cookie/,
  ],
  [
    'removes flags of cookies',
    {
      toBrowser: (headers) => ({
        ...headers,
        ...(headers['set-cookie'] && {
          'set-cookie': headers['set-cookie'].map((cookie) => cookie.replace(/; HttpOnly/i, '')),
        }),
      }),
    },
    /arrives without HttpOnly/,
    /pass Set-Cookie/,
  ],
  [
    'redirects',
    { instead: { status: 301, headers: { location: 'https://www.id.test/health/live?a=b' } } },
    /is redirected \(301\) to https:\/\/www\.id\.test\/health\/live:/,
    /PUBLIC_URL/,
  ],
  [
    'rewrites the redirect to the provider',
    {
      toBrowser: (headers) => ({
        ...headers,
        ...(headers.location !== undefined && {
          location: headers.location.replace(/^https?:\/\/[^/]+/, proxy.url),
        }),
      }),
    },
    /The redirect to Google leads to http:\/\/localhost:\d+ instead/,
    /proxy_redirect off/,
  ],
  [
    'removes Sec-Fetch-Site',
    { toService: without('sec-fetch-site') },
    /^Sec-Fetch-Site does not arrive/,
    /pass the Sec-Fetch-Site header on/,
  ],
  [
    'removes Origin',
    { toService: without('origin') },
    /^Origin does not arrive/,
    /pass the Origin header on/,
  ],
  ['does not reach the service', { instead: { status: 502 } }, /answers 502/, /runs/],
  [
    'leads to something else',
    { instead: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>It works' } },
    /Something other than Latchkey answers/,
    /unchanged/,
  ],
])('reports a proxy that %s', async (_what, meddling, message, action) => {
  proxy.meddling = meddling;
  const { isBroken, complaints } = await examine();
  expect(complaints('request')).toEqual([
    {
      check: 'request',
      status: 'broken',
      message: expect.stringMatching(message),
      action: expect.stringMatching(action),
    },
  ]);
  expect(isBroken).toBe(true);
});

it('reports a service with a different configuration', async () => {
  const { complaints } = await examine({ FACEBOOK_CLIENT_ID: '', FACEBOOK_CLIENT_SECRET: '' });
  expect(complaints('request')).toEqual([
    expect.objectContaining({
      status: 'broken',
      message: expect.stringContaining('google, twitter, facebook, not google, twitter'),
    }),
  ]);
});

it('reports a service with a different PUBLIC_URL', async () => {
  const { complaints } = await examine({ PUBLIC_URL: latchkey.url });
  expect(complaints('request').map(({ message }) => message)).toEqual([
    `The service that runs has a different PUBLIC_URL: ${proxy.url}.`,
    expect.stringContaining('starts with a different redirect URI'),
  ]);
});

it('reports that nothing runs at PUBLIC_URL', async () => {
  const { complaints } = await examine({ PUBLIC_URL: `http://localhost:${await freePort()}` });
  expect(complaints('request')).toEqual([
    expect.objectContaining({
      status: 'broken',
      message: expect.stringContaining('cannot be connected to (ECONNREFUSED)'),
    }),
  ]);
});
