import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedIn } from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { problemOf, raw } from '../support/raw.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

afterAll(() => latchkey.close());

const send = (path: string, options: Parameters<typeof raw>[1] = {}) =>
  raw(latchkey.url + path, options);

describe('every response', () => {
  it.each([
    ['/', 200],
    ['/auth/providers', 200],
    ['/auth/session', 200],
    ['/auth/google', 302],
    ['/auth/google/callback', 302],
    ['/auth/nobody', 404],
    ['/users/me', 401],
    ['/health/live', 200],
    ['/nowhere', 404],
  ])('carries the security headers: %s', async (path, status) => {
    const answer = await send(path, { headers: { Accept: 'text/html' } });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'referrer-policy':
        status !== 302 && /^<!doctype/i.test(answer.text) ? 'same-origin' : 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['content-security-policy']).not.toMatch(/script-src|unsafe/);
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('etag');
  });

  it('has its own request id, which a client cannot choose', async () => {
    const headers = { 'X-Request-Id': 'chosen-by-the-client' };
    const [one, two] = [await send('/auth/session', { headers }), await send('/auth/session')];
    expect(one.headers['x-request-id']).not.toBe('chosen-by-the-client');
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
  });
});

describe('a forged header', () => {
  it.each([
    { Host: 'evil.test' },
    { 'X-Forwarded-Host': 'evil.test' },
    { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.test' },
    { Forwarded: 'host=evil.test;proto=https' },
    { 'X-Original-URL': '/evil', 'X-Rewrite-URL': '/evil' },
    { 'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Port': '1' },
  ])('changes no URL that the service generates: %j', async (headers: Record<string, string>) => {
    const start = await send('/auth/google', { headers });
    const { searchParams } = new URL(String(start.headers['location']));
    expect(searchParams.get('redirect_uri')).toBe(`${latchkey.url}/auth/google/callback`);
    const failed = await send('/auth/google/callback?state=x', { headers });
    expect(failed.headers['location']).toMatch(/^\/\?error=invalid_state&/);
    const account = await send('/account', { headers: { ...headers, Accept: 'text/html' } });
    expect(account.headers['location']).toBe('/?returnTo=%2Faccount');
    const providers = await send('/auth/providers', { headers });
    expect(providers.text).toContain(`"startUrl":"${latchkey.url}/auth/google"`);
    expect((await send('/', { headers })).text).not.toContain('evil');
  });
});

const post = (type: string | undefined, body: string) =>
  send('/auth/logout', {
    method: 'POST',
    headers: { ...(type && { 'Content-Type': type }), 'Content-Length': String(body.length) },
    body,
  });

describe('a body', () => {
  it.each([
    [
      '10 MB of JSON',
      'application/json',
      `{"a":"${'x'.repeat(10_000_000)}"}`,
      [413, 'payload_too_large'],
    ],
    [
      '33 KB of JSON',
      'application/json',
      `{"a":"${'x'.repeat(33_000)}"}`,
      [413, 'payload_too_large'],
    ],
    [
      'a form of 33 KB',
      'application/x-www-form-urlencoded',
      `a=${'x'.repeat(33_000)}`,
      [413, 'payload_too_large'],
    ],
    ['malformed JSON', 'application/json', '{"a":', [400, 'bad_request']],
    ['JSON that is no object', 'application/json', '7', [400, 'bad_request']],
    [
      'an unknown charset',
      'application/json; charset=klingon',
      '{}',
      [415, 'unsupported_media_type'],
    ],
    ['plain text', 'text/plain', 'a', [415, 'unsupported_media_type']],
    ['XML', 'application/xml', '<a/>', [415, 'unsupported_media_type']],
    ['parts', 'multipart/form-data; boundary=x', '--x--', [415, 'unsupported_media_type']],
    ['no type', undefined, 'a', [415, 'unsupported_media_type']],
  ])('of %s is refused', async (_name, type, body, expected) => {
    expect(problemOf(await post(type, body))).toEqual(expected);
  });

  it.each([
    ['JSON', 'application/json', '{"a":1}', 204],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 303],
    [
      'names of object members',
      'application/json',
      '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}',
      204,
    ],
    [
      'names of object members in a form',
      'application/x-www-form-urlencoded',
      '__proto__[x]=1&constructor[prototype][x]=1',
      303,
    ],
  ])('of %s is accepted without prototype pollution', async (_name, type, body, status) => {
    expect((await post(type, body)).status).toBe(status);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('that decompresses beyond the limit is refused', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'zstd-or-so' };
    const answer = await send('/auth/logout', { method: 'POST', headers, body: '{}' });
    expect(problemOf(answer)).toEqual([415, 'unsupported_media_type']);
  });
});

describe('a chunked body', () => {
  const chunked = { 'Transfer-Encoding': 'chunked' };

  describe.each([
    ['no type', {}],
    ['JSON', { 'Content-Type': 'application/json' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'Content-Type': 'text/plain' }],
    ['compressed JSON', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }],
  ])('of %s that is empty', (_type, typeHeaders) => {
    const headers: Record<string, string> = { ...chunked, ...typeHeaders };

    it('is no body: GET, signing out and deleting', async () => {
      expect((await send('/auth/session', { headers })).status).toBe(200);
      expect((await send('/health/ready', { headers })).status).toBe(200);
      const member = await signedIn(latchkey);
      const ask = async (method: 'POST' | 'DELETE', path: string) => {
        const Cookie = await member.jar.getCookieString(latchkey.url);
        return (await send(path, { method, headers: { ...headers, Cookie } })).status;
      };
      expect(await ask('DELETE', '/users/me/sessions')).toBe(204);
      expect(await ask('DELETE', '/auth/pending-link')).toBe(204);
      expect(await ask('DELETE', '/users/me')).toBe(204);
      const other = await signedIn(latchkey);
      const Cookie = await other.jar.getCookieString(latchkey.url);
      const out = await send('/auth/logout', { method: 'POST', headers: { ...headers, Cookie } });
      expect([204, 303]).toContain(out.status);
      expect((await other.api('/users/me')).status).toBe(401);
    });
  });

  it.each([
    ['plain text', { 'Content-Type': 'text/plain' }, 'a', [415, 'unsupported_media_type']],
    ['no type', {}, 'a', [415, 'unsupported_media_type']],
    ['half of JSON', { 'Content-Type': 'application/json' }, '{"a":', [400, 'bad_request']],
    [
      '33 KB of JSON',
      { 'Content-Type': 'application/json' },
      `{"a":"${'x'.repeat(33_000)}"}`,
      [413, 'payload_too_large'],
    ],
  ])('of %s is refused', async (_type, type, body, expected) => {
    const headers = { ...chunked, ...type };
    const answer = await send('/auth/logout', { method: 'POST', headers, body });
    expect(problemOf(answer)).toEqual(expected);
  });

  it.each([
    [['0\r\n\r\n'], 204],
    [['4\r\n{"a"\r\n', '3\r\n:1}\r\n', '0\r\n\r\n'], 204],
    [['4\r\n{"a"\r\n', '2\r\n:1\r\n', '0\r\n\r\n'], 400],
  ])('that comes in pieces (%j) is awaited', async (pieces, status) => {
    const { hostname, port } = new URL(latchkey.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /auth/logout HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    for (const piece of pieces) {
      await sleep(50);
      socket.write(piece);
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('of JSON is read', async () => {
    const headers = { ...chunked, 'Content-Type': 'application/json' };
    const answer = await send('/auth/logout', { method: 'POST', headers, body: '{"a":1}' });
    expect(answer.status).toBe(204);
  });
});

describe('headers of more than 16 KB', () => {
  it('are answered with 431, and the service keeps running', async () => {
    const { status } = await send('/auth/session', { headers: { Cookie: 'x'.repeat(17_000) } });
    expect(status).toBe(431);
    const query = await send(`/auth/google/callback?code=${'x'.repeat(20_000)}`);
    expect(query.status).toBe(431);
    expect((await send('/health/live')).status).toBe(200);
  });
});

describe('names of object members', () => {
  it.each([
    '/auth/__proto__',
    '/auth/constructor',
    '/auth/constructor/callback',
    '/auth/toString',
    '/auth/hasOwnProperty/callback',
    '/auth/GOOGLE',
    '/AUTH/google',
    '/Users/me',
    '/auth/google%00',
    '/auth/google%2f..%2ffacebook',
    '/auth/nobody/callback',
    '/__proto__',
  ])('match no provider and no page: %s', async (path) => {
    expect(problemOf(await send(path))).toEqual([404, 'not_found']);
  });

  it('in a query are harmless', async () => {
    const query = '__proto__[x]=1&constructor[prototype][x]=1&__proto__=1';
    expect((await send(`/auth/google?${query}`)).status).toBe(302);
    expect((await send(`/?${query}`)).status).toBe(200);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each(['/%', '/auth/%E0%A4%A', '/auth/%ff/callback'])(
    'nor malformed paths: %s',
    async (path) => {
      const [status] = problemOf(await send(path));
      expect([400, 404]).toContain(status);
    },
  );
});

describe('an unsupported method', () => {
  it.each([
    ['PUT', '/users/me'],
    ['PATCH', '/users/me/sessions'],
    ['POST', '/auth/session'],
    ['POST', '/auth/google/callback'],
    ['DELETE', '/auth/session'],
    ['TRACE', '/'],
  ])('%s %s is answered with 404', async (method, path) => {
    expect(problemOf(await send(path, { method }))).toEqual([404, 'not_found']);
  });
});
