import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser, locationOf } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { raw } from '../support/raw.js';

let latchkey: Latchkey;

const start = (host: string, query = '', headers: Record<string, string> = {}) =>
  raw(`${latchkey.url}/auth/google${query}`, { headers: { host, ...headers } });

describe('a start on loopback', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });
  beforeEach(() => latchkey.sandbox.reset());
  beforeEach(() => latchkey.sandbox.reset());
  afterAll(() => latchkey.close());

  it.each(['127.0.0.1', '[::1]', 'app.localhost'])(
    'under %s goes on under PUBLIC_URL, once',
    async (name) => {
      const { port } = new URL(latchkey.url);
      const { status, headers } = await start(`${name}:${port}`, '?returnTo=%2Fa%3Fb&prompt=login');
      expect([status, headers['location']]).toEqual([
        302,
        `${latchkey.url}/auth/google?returnTo=%2Fa%3Fb&prompt=login&redirected=1`,
      ]);
      expect(headers['set-cookie']).toBeUndefined();
      expect(latchkey.sandbox.requests).toEqual([]);
      const marked = await start(`${name}:${port}`, '?redirected=1');
      expect(marked.headers['location']).toContain(latchkey.sandbox.url);
    },
  );

  it.each([
    'evil.test',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    'www.localhost.evil.test',
    'notlocalhost',
    'a@127.0.0.1',
    '',
  ])('under %j goes to the provider', async (name) => {
    const { headers } = await start(name);
    expect(headers['location']).toContain(latchkey.sandbox.url);
  });

  it('under another port goes to the provider', async () => {
    const { headers } = await start('localhost:1');
    expect(headers['location']).toContain(latchkey.sandbox.url);
  });

  it('by a script says where to ask', async () => {
    const { port } = new URL(latchkey.url);
    const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
    const { status, text } = await start(`127.0.0.1:${port}`, '', headers);
    expect([status, JSON.parse(text)]).toEqual([
      400,
      expect.objectContaining({
        code: 'bad_request',
        detail: expect.stringContaining(latchkey.url),
      }),
    ]);
  });

  it('is finished where it was sent', async () => {
    const browser = new Browser(latchkey);
    const { port } = new URL(latchkey.url);
    const { headers } = await start(`127.0.0.1:${port}`, '?returnTo=/there');
    const answer = await browser.get(String(headers['location']));
    expect(
      locationOf(
        await browser.callback(await browser.consent(locationOf(answer), { person: 'ada' })),
      ),
    ).toBe('/there');
  });

  it('is linked to by its whole address, and is nothing for crawlers', async () => {
    const { port } = new URL(latchkey.url);
    const page = await raw(`${latchkey.url}/`, { headers: { host: `127.0.0.1:${port}` } });
    const links = [...page.text.matchAll(/<a class="button provider"([^>]*)href="([^"]*)"/g)];
    expect(links.map(([, , href]) => href)).toEqual(
      ['google', 'twitter', 'facebook'].map((id) => `${latchkey.url}/auth/${id}`),
    );
    expect(links.map(([, attributes]) => attributes?.trim())).toEqual(
      links.map(() => 'rel="nofollow"'),
    );
    const robots = await raw(`${latchkey.url}/robots.txt`);
    expect([robots.status, robots.text]).toEqual([200, 'User-agent: *\nDisallow: /auth/\n']);
    for (const path of ['/auth/google', '/auth/google/callback', '/auth/nobody']) {
      const { headers } = await raw(latchkey.url + path);
      expect([path, headers['x-robots-tag']]).toEqual([
        path,
        path.endsWith('nobody') ? undefined : 'noindex, nofollow',
      ]);
    }
  });
});

describe('a start of a public service', () => {
  afterEach(() => latchkey.close());

  it.each([
    ['https://example.com', 'www.example.com', true],
    ['https://www.example.com', 'example.com', true],
    ['https://example.com', 'WWW.Example.com:443', true],
    ['https://example.com', 'id.example.com', false],
    ['https://example.com', 'www.www.example.com', false],
    ['https://example.com', 'www.example.com.evil.test', false],
    ['https://example.com', '127.0.0.1', false],
  ])('at %s, under %s, is redirected: %s', async (PUBLIC_URL, name, isRedirected) => {
    latchkey = await startLatchkey({ PUBLIC_URL });
    const { headers } = await start(name);
    expect(String(headers['location']).startsWith(`${PUBLIC_URL}/auth/google?redirected=1`)).toBe(
      isRedirected,
    );
    // What a proxy that is not trusted says is not believed.
    const forwarded = await start('id.test', '', { 'x-forwarded-host': name });
    expect(forwarded.headers['location']).toContain(latchkey.sandbox.url);
  });
});

describe('open attempts', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });
  afterAll(() => latchkey.close());

  it('are five at most, and 6 KB', async () => {
    const browser = new Browser(latchkey);
    const { attempt } = namesOf(latchkey);
    const open = async () =>
      Object.entries(await browser.cookies()).filter(([name]) => name.startsWith(attempt));
    for (let count = 0; count < 7; count += 1)
      await browser.start('google', { returnTo: `/${count}` });
    expect(await open()).toHaveLength(5);
    const long = { returnTo: `/${'x'.repeat(1999)}` };
    for (let count = 0; count < 3; count += 1) {
      const url = await browser.start('google', long);
      const bytes = (await open()).reduce(
        (sum, [name, value]) => sum + name.length + value.length,
        0,
      );
      expect(bytes).toBeLessThanOrEqual(6144);
      if (count < 2) continue;
      const answer = await browser.callback(await browser.consent(url, { person: 'ada' }));
      expect(locationOf(answer)).toBe(long.returnTo);
    }
  });
});
