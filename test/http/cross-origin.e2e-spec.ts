import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { problemOf, raw, type RawAnswer } from '../support/raw.js';

const APP = 'https://app.test';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ ALLOWED_ORIGINS: `${APP},http://localhost:5173` });
});

afterAll(() => latchkey.close());

const send = (path: string, options: Parameters<typeof raw>[1] = {}) =>
  raw(latchkey.url + path, options);

describe('a sign-out', () => {
  let browser: Browser;

  beforeEach(async () => {
    browser = new Browser(latchkey);
    await browser.signIn('google');
  });

  const attempt = async (site: string | undefined, origin: string | undefined) => {
    return send('/auth/logout', {
      method: 'POST',
      headers: {
        Cookie: await browser.jar.getCookieString(latchkey.url),
        ...(site !== undefined && { 'Sec-Fetch-Site': site }),
        ...(origin !== undefined && { Origin: origin }),
      },
    });
  };

  it.each([
    ['cross-site', undefined],
    ['cross-site', 'null'],
    ['cross-site', 'https://evil.test'],
    ['same-site', undefined],
    ['same-site', 'null'],
    ['same-site', 'http://localhost:5174'],
    ['same-origin', 'https://evil.test'],
    [undefined, 'null'],
    [undefined, 'https://evil.test'],
    [undefined, 'https://app.test.evil.test'],
    [undefined, 'http://app.test'],
  ])(
    'from Sec-Fetch-Site %s, Origin %s is refused, and the session survives',
    async (site, origin) => {
      const answer = await attempt(site, origin);
      expect(problemOf(answer)).toEqual([403, 'csrf_failed']);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect((await browser.api('/users/me')).status).toBe(200);
    },
  );

  it.each([
    ['same-origin', undefined],
    ['same-origin', 'null'],
    ['cross-site', APP],
    ['same-site', 'http://localhost:5173'],
    [undefined, APP],
    [undefined, undefined],
  ])('from Sec-Fetch-Site %s, Origin %s is accepted', async (site, origin) => {
    expect((await attempt(site, origin)).status).toBe(204);
    expect((await browser.api('/users/me')).status).toBe(401);
  });

  it('from the own origin is accepted', async () => {
    expect((await attempt('same-origin', latchkey.url)).status).toBe(204);
  });

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'by a cross-site form (%s) is refused',
    async (type) => {
      const headers = { 'Content-Type': type, 'Sec-Fetch-Site': 'cross-site', Origin: 'null' };
      const answer = await send('/auth/logout', { method: 'POST', headers, body: 'a=b' });
      expect(problemOf(answer)).toEqual([403, 'csrf_failed']);
    },
  );
});

const corsHeaders = ({ headers }: RawAnswer) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('CORS', () => {
  it.each([
    'https://evil.test',
    'null',
    'https://app.test.evil.test',
    'https://evilapp.test',
    'http://app.test',
    'https://app.test:8443',
    'https://APP.test',
    'http://localhost:5174',
    'http://localhost',
    '*',
  ])('sends no headers to %s', async (origin) => {
    const read = await send('/auth/session', { headers: { Origin: origin } });
    expect([read.status, corsHeaders(read)]).toEqual([200, []]);
    const preflight = await send('/users/me', {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'DELETE' },
    });
    expect(corsHeaders(preflight)).toEqual([]);
  });

  it.each([APP, 'http://localhost:5173'])('allows %s to read, with credentials', async (origin) => {
    const read = await send('/auth/session', { headers: { Origin: origin } });
    expect(read.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: expect.stringContaining('Origin'),
    });
    expect(read.headers['access-control-expose-headers']).toContain('X-Request-Id');
  });

  it('answers the preflight request of an allowed front end', async () => {
    const { status, headers } = await send('/users/me', {
      method: 'OPTIONS',
      headers: {
        Origin: APP,
        'Access-Control-Request-Method': 'DELETE',
        'Access-Control-Request-Headers': 'content-type',
      },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('DELETE'),
      'access-control-allow-headers': 'content-type',
    });
  });

  it.each([
    // W3C, OpenTelemetry
    'baggage,content-type,traceparent,tracestate',
    // Sentry, Datadog, New Relic, Elastic, Application Insights
    'baggage,sentry-trace',
    'x-datadog-origin,x-datadog-parent-id,x-datadog-sampling-priority,x-datadog-trace-id',
    'newrelic,traceparent,tracestate',
    'elastic-apm-traceparent',
    'request-context,request-id,traceparent',
    // Zipkin, AWS X-Ray
    'b3,x-amzn-trace-id,x-b3-sampled,x-b3-spanid,x-b3-traceid',
    // HTTP clients, and what people add
    'accept-language,authorization,cache-control,pragma,x-requested-with',
    'x-csrf-token,x-xsrf-token',
    'x-client-version,x-correlation-id,x-request-id',
  ])('allows an allowed front end, and nobody else, the headers %s', async (names) => {
    const preflight = (origin: string) =>
      send('/users/me', {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': names,
        },
      });
    const answer = await preflight(APP);
    expect([answer.status, answer.headers['access-control-allow-headers']]).toEqual([204, names]);
    expect(answer.headers['vary']).toContain('Access-Control-Request-Headers');
    expect(corsHeaders(await preflight('https://evil.test'))).toEqual([]);
  });

  it('lets an allowed front end read an error', async () => {
    const answer = await send('/users/me', { headers: { Origin: APP } });
    expect(problemOf(answer)).toEqual([401, 'unauthenticated']);
    expect(answer.headers['access-control-allow-origin']).toBe(APP);
  });
});
