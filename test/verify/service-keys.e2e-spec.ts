import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { activity, sessionList, somebody } from '../support/accounts.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey } from '../support/latchkey.js';
import { samplesOf, scrape } from '../support/metrics.js';
import { problemOf, raw } from '../support/raw.js';
import { clientsOf, providerKeys } from '../support/registration.js';
import {
  API,
  ask,
  introspect,
  startWithSiblings,
  visitor,
  WEB,
  withKey,
} from '../support/servers.js';
import { compileService, ready, spawnService, stop } from '../support/service-process.js';

const NEXT = 'Xa8eN1oD6tC4yB7uV2rL9pM3kJ5hG0fSqWzQxEcTvRb';

let latchkey: Latchkey;

/** What a request is told: a status, and the code of a refusal. */
const answerTo = async (path: string, headers: Record<string, string>) => {
  const answer = await ask(latchkey, path, headers);
  return answer.status < 400 ? answer.status : problemOf(answer);
};

async function count(service: string, status: string): Promise<number> {
  const found = samplesOf(await scrape(latchkey)).find(
    ({ name, labels }) =>
      name === 'latchkey_service_requests_total' &&
      labels['service'] === service &&
      labels['status'] === status,
  );
  return found?.value ?? 0;
}

/** How many of some requests are let through. */
async function passed(tries: number, headers: Record<string, string>, path = '/auth/session') {
  const statuses = [];
  for (let turn = 0; turn < tries; turn += 1) {
    statuses.push((await ask(latchkey, path, headers)).status);
  }
  return statuses.filter((status) => status !== 429).length;
}

const named = (address: string) => ({ ...withKey(), 'X-Latchkey-Client-Address': address });

describe('a service key', () => {
  beforeAll(async () => {
    latchkey = await startWithSiblings({
      SERVICE_KEYS: `web:${WEB},web:${NEXT},api:${API}`,
      ALLOWED_ORIGINS: 'https://app.example.com',
      MANAGEMENT_PORT: String(await freePort()),
    });
  });

  afterAll(() => latchkey.close());

  it.each([WEB, NEXT, API])('is taken, also while two of a name are rotated', async (key) => {
    expect(await answerTo('/auth/session', withKey(key))).toBe(200);
    expect((await introspect(latchkey, '', withKey(key))).text).toBe('{"active":false}');
  });

  it.each([
    ['unknown', `${WEB.slice(0, -1)}x`],
    ['cut short', WEB.slice(0, -1)],
    ['with its name', `web:${WEB}`],
    ['two', `${WEB}, ${API}`],
    ['empty', ''],
  ])('that is wrong (%s) is 401, and not silently a visitor', async (_what, key) => {
    const { full } = await visitor(latchkey);
    for (const headers of [withKey(key), { ...withKey(key), Cookie: full }]) {
      for (const path of ['/auth/session', '/users/me', '/auth/verify', '/auth/providers']) {
        expect([path, await answerTo(path, headers)]).toEqual([path, [401, 'unauthenticated']]);
      }
    }
    expect(await answerTo('/users/me', { Cookie: full })).toBe(200);
  });

  it('that is there twice is 401', async () => {
    const answer = await raw(`${latchkey.url}/auth/session`, {
      headers: { 'X-Latchkey-Service-Key': [WEB, WEB] },
    });
    expect(problemOf(answer)).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['Origin', 'https://app.example.com'],
    ['Origin', 'null'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Site', 'none'],
    ['Sec-Fetch-Dest', 'empty'],
  ])('beside %s: %s is from a browser', async (name, value) => {
    const headers = { ...withKey(), [name]: value };
    expect(await answerTo('/auth/session', headers)).toEqual([403, 'service_key_in_browser']);
    expect(await answerTo('/auth/verify', headers)).toEqual([403, 'service_key_in_browser']);
    expect(problemOf(await introspect(latchkey, '', headers))).toEqual([
      403,
      'service_key_in_browser',
    ]);
    // Nor does it say whether the key is right.
    const wrong = { ...withKey('x'), [name]: value };
    expect(await answerTo('/auth/session', wrong)).toEqual([403, 'service_key_in_browser']);
  });

  it('goes with what Node’s own fetch sends', async () => {
    const response = await fetch(`${latchkey.url}/auth/session`, { headers: withKey() });
    expect(response.status).toBe(200);
  });

  it('changes nothing by itself', async () => {
    const { domain, browser } = await visitor(latchkey);
    for (const [method, path] of [
      ['DELETE', '/users/me/sessions'],
      ['DELETE', '/users/me'],
      ['POST', '/users/me/export'],
      ['POST', '/auth/twitter/link'],
    ] as const) {
      const headers = { ...withKey(), Cookie: domain, Accept: 'application/json' };
      const answer = await raw(latchkey.url + path, { method, headers });
      expect([path, problemOf(answer)]).toEqual([path, [401, 'unauthenticated']]);
    }
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('is named in the metrics', async () => {
    const before = await count('api', '200');
    await ask(latchkey, '/auth/session', withKey(API));
    await ask(latchkey, '/auth/session', withKey('x'));
    expect(await count('api', '200')).toBe(before + 1);
    const services = samplesOf(await scrape(latchkey))
      .filter(({ name }) => name === 'latchkey_service_requests_total')
      .map(({ labels }) => labels['service']);
    expect(new Set(services)).toEqual(new Set(['web', 'api']));
  });

  it('names the person’s address, which is recorded and shown', async () => {
    const person = somebody();
    const { full, browser } = await visitor(latchkey, latchkey, 'google', person);
    for (const [headers, address] of [
      [named('203.0.113.7'), '203.0.113.7'],
      [named('[2001:db8::7]:4711'), '2001:db8::7'],
      // Without a key it is as if absent.
      [{ 'X-Latchkey-Client-Address': '203.0.113.7' }, '127.0.0.1'],
      [withKey(), '127.0.0.1'],
    ] as const) {
      await visitor(latchkey, latchkey, 'google', person);
      const { status } = await raw(`${latchkey.url}/users/me/sessions`, {
        method: 'DELETE',
        headers: { Cookie: full, ...headers },
      });
      expect(status).toBe(204);
      expect((await activity(browser))[0]).toMatchObject({
        event: 'other_sessions_revoked',
        address,
      });
      expect(await sessionList(browser)).toHaveLength(1);
    }
  });

  it.each(['unknown', '203.0.113.7, 198.51.100.1', 'example.com', ''])(
    'that names “%s” for an address is 400',
    async (address) => {
      expect(await answerTo('/auth/session', named(address))).toEqual([400, 'bad_request']);
    },
  );
});

describe('requests with a key', () => {
  afterEach(() => latchkey.close());

  it('are counted to it, and neither to their address, nor to session or user', async () => {
    latchkey = await startWithSiblings({
      RATE_LIMIT_PER_MINUTE: '5',
      SERVICE_RATE_LIMIT_PER_MINUTE: '40',
    });
    const { full } = await visitor(latchkey);
    expect(await passed(30, { ...withKey(), Cookie: full })).toBe(30);
    expect(await passed(20, withKey())).toBe(10);
    expect(await passed(5, withKey(API))).toBe(5);
    expect(await passed(8, { Cookie: full })).toBe(5);
    expect(problemOf(await ask(latchkey, '/auth/session', withKey()))).toEqual([
      429,
      'rate_limited',
    ]);
  });

  it('that name an address are counted to it, too, twenty times as many', async () => {
    latchkey = await startWithSiblings({ RATE_LIMIT_PER_MINUTE: '2' });
    expect(await passed(50, named('203.0.113.7'))).toBe(40);
    expect(await passed(5, named('203.0.113.8'))).toBe(5);
    expect(await passed(60, withKey())).toBe(60);
  });

  it('that are refused are a visitor’s: no key is guessed', async () => {
    latchkey = await startWithSiblings({ RATE_LIMIT_PER_MINUTE: '5' });
    expect(await passed(10, withKey('x'))).toBe(5);
    expect(await passed(3, withKey())).toBe(3);
  });

  it('start as many sign-ins as they like, but not of one person', async () => {
    latchkey = await startWithSiblings({ SIGN_IN_RATE_LIMIT_PER_MINUTE: '3' });
    expect(await passed(10, withKey(), '/auth/google')).toBe(10);
    expect(await passed(10, named('203.0.113.7'), '/auth/google')).toBe(3);
  });
});

describe('the log', () => {
  it('names the key, and never has it', async () => {
    const compiled = compileService();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
    const service = spawnService(compiled.main, {
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: url,
      SESSION_SECRET: NEXT,
      SERVICE_KEYS: `web:${WEB}`,
      ...providerKeys,
      ...sandbox.settings,
    });
    try {
      await ready(url, service);
      const cookie = 'latchkey-domain=canary-of-a-cookie';
      await introspect({ url }, cookie);
      await ask({ url }, '/auth/session', withKey(API));
      await ask({ url }, '/auth/session', { ...withKey(), Origin: url });
      const lines = () =>
        service
          .output()
          .split('\n')
          .filter((line) => line.includes('"path":"/auth/'))
          .map((line) => JSON.parse(line) as object);
      for (let tries = 0; tries < 60 && lines().length < 3; tries += 1) await sleep(50);
      expect(lines()).toEqual([
        expect.objectContaining({ path: '/auth/introspect', status: 200, serviceKey: 'web' }),
        expect.objectContaining({ status: 401, reason: 'unknown service key' }),
        expect.objectContaining({
          status: 403,
          outcome: 'service_key_in_browser',
          reason: 'origin',
        }),
      ]);
      expect(service.output()).not.toMatch(new RegExp(`canary|${WEB}|${API}`));
    } finally {
      await stop(service);
      await sandbox.close();
      compiled.remove();
    }
  }, 60_000);
});
