import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { asApp, bearerOf, exchange, HANDOVER_TARGETS, TARGET } from '../support/handover.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

const MOST = 20;
let latchkey: Latchkey;

beforeEach(async () => {
  latchkey = await startLatchkey({
    HANDOVER_TARGETS,
    RATE_LIMIT_PER_MINUTE: String(MOST),
    TRUST_PROXY: '1',
  });
});

afterEach(() => latchkey.close());

const from = (address: string) => ({ 'X-Forwarded-For': address });

async function statuses(count: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) all.push((await ask()).status);
  return all;
}

it('a bearer counts by its session', async () => {
  const [one, other] = [await bearerOf(latchkey), await bearerOf(latchkey)];
  const ask = (bearer: typeof one, address = '192.0.2.1') =>
    asApp(latchkey, bearer, 'get', '/users/me', from(address));
  expect(await statuses(MOST, () => ask(one))).toEqual(Array.from({ length: MOST }, () => 200));
  expect((await ask(one)).status).toBe(429);
  expect((await ask(one, '192.0.2.2')).status).toBe(429);
  expect((await ask(other)).status).toBe(200);
  // What ends it is counted apart.
  const signOut = await asApp(latchkey, one, 'post', '/auth/logout', from('192.0.2.1'));
  expect(signOut.status).toBe(204);
});

it('bearers count by their user, endings too', async () => {
  const person = somebody();
  const ends: number[] = [];
  for (let at = 0; at < 6; at += 1) {
    const bearer = await bearerOf(latchkey, person);
    const end = () =>
      asApp(latchkey, bearer, 'delete', '/users/me/identities/twitter', from(`192.0.3.${at}`));
    ends.push(...(await statuses(MOST, end)));
  }
  expect(ends.filter((status) => status === 404)).toHaveLength(MOST * 5);
  expect(ends.at(-1)).toBe(403);
});

it('bearers that are worth nothing count as a visitor’s requests', async () => {
  expect(await statuses(MOST, askAsNobody)).toEqual(Array.from({ length: MOST }, () => 401));
  expect((await askAsNobody()).status).toBe(429);
});

it('bearers that are worth nothing use up nothing of browsers that are signed in at their address', async () => {
  const bearer = await bearerOf(latchkey);
  const bogus = await statuses(MOST * 20 + 1, () => askAsNobody('192.0.2.9'));
  expect(new Set(bogus)).toEqual(new Set([401, 429]));
  const browser = new Browser(latchkey);
  await browser.signIn('google', somebody());
  const here = from('192.0.2.9');
  expect((await browser.api('/users/me', here)).status).toBe(200);
  expect((await browser.api('/auth/google?prompt=login', here)).status).toBe(200);
  expect((await browser.apiSend('post', '/auth/logout', here)).status).toBe(204);
  expect((await asApp(latchkey, bearer, 'get', '/users/me', from('192.0.2.10'))).status).toBe(200);
});

it('exchanges have a limit of their own', async () => {
  const body = { code: 'x', codeVerifier: 'x', target: TARGET };
  const ask = () => exchange(latchkey, body, from('192.0.2.4'));
  const answers = await statuses(MOST * 20, ask);
  expect(new Set(answers)).toEqual(new Set([400]));
  expect((await ask()).status).toBe(429);
  const visitor = await asApp(
    latchkey,
    { sessionToken: '' },
    'get',
    '/auth/providers',
    from('192.0.2.4'),
  );
  expect(visitor.status).toBe(200);
});

function askAsNobody(address = '192.0.2.3') {
  const sessionToken = `lks_${randomBytes(32).toString('base64url')}`;
  return asApp(latchkey, { sessionToken }, 'get', '/users/me', from(address));
}
