import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { me, somebody } from '../support/accounts.js';
import { namesOf } from '../support/cookies.js';
import { echoOf, headersOf, startEcho } from '../support/echo.js';
import { freePort } from '../support/free-port.mjs';
import { bearerOf, HANDOVER_TARGETS } from '../support/handover.js';
import { type Latchkey } from '../support/latchkey.js';
import { guardByCaddy, guardByNginx, type StartProxy } from '../support/guard.js';
import { raw, type RawAnswer } from '../support/raw.js';
import { startWithSiblings, visitor, type Visitor } from '../support/servers.js';
import { takeStore } from '../support/take-store.js';

const NAVIGATION = {
  Accept: 'text/html,*/*;q=0.8',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Site': 'none',
};

const ours = (answer: RawAnswer) =>
  headersOf(answer).filter(([each]) => /latchkey/.test(each) && each !== 'x-latchkey-email');

describe.each<[string, StartProxy]>([
  ['nginx', guardByNginx],
  ['Caddy', guardByCaddy],
])('an application behind %s, with what deploy/verify has', (name, startProxy) => {
  let latchkey: Latchkey;
  let proxy: { close(): Promise<void> };
  let echo: Server;
  let one: Visitor;
  let url: string;
  let host: string;

  beforeAll(async () => {
    const [port, application] = [await freePort(), await freePort()];
    host = `app.acme.localhost:${port}`;
    url = `http://127.0.0.1:${port}`;
    latchkey = await startWithSiblings({
      TRUST_PROXY: 'loopback',
      ALLOWED_ORIGINS: `http://${host}`,
      HANDOVER_TARGETS,
      RATE_LIMIT_PER_MINUTE: '40',
    });
    echo = await startEcho(application);
    proxy = await startProxy({
      port,
      latchkey: new URL(latchkey.url).host.replace('localhost', '127.0.0.1'),
      application: `127.0.0.1:${application}`,
    });
    one = await visitor(
      latchkey,
      latchkey,
      'google',
      somebody({ name: 'Zoë 100 %', email: 'zoe@gmail.com' }),
    );
  }, 60_000);

  afterAll(async () => {
    await proxy.close();
    echo.close();
    echo.closeAllConnections();
    await latchkey.close();
  });

  const visit = (
    path: string,
    headers: Record<string, string | string[]> = {},
    more: { method?: string; body?: string } = {},
  ): Promise<RawAnswer> => raw(url + path, { headers: { Host: host, ...headers }, ...more });

  const authorization = async (value: string) =>
    headersOf(await visit('/', { Cookie: one.domain, Authorization: value })).filter(
      ([each]) => each === 'authorization',
    );

  it('is told who asks', async () => {
    const answer = await visit('/inbox?a=1', { Cookie: one.domain });
    expect(echoOf(answer)).toMatchObject({ method: 'GET', url: '/inbox?a=1' });
    const { id } = await me(one.browser);
    expect(Object.fromEntries(headersOf(answer))).toMatchObject({
      'x-latchkey-user': id,
      'x-latchkey-name': 'Zo%C3%AB 100 %25',
      'x-latchkey-email': 'zoe@gmail.com',
      'x-latchkey-email-verified': 'true',
      'x-latchkey-provider': 'google',
    });
  });

  it('gets bodies, and answers 401 of its own', async () => {
    const post = await visit('/form', { Cookie: one.domain }, { method: 'POST', body: 'x=1' });
    expect(echoOf(post)).toMatchObject({ method: 'POST', url: '/form' });
    const refused = await visit('/401', { ...NAVIGATION, Cookie: one.domain });
    expect([refused.status, refused.text.slice(0, 10)]).toEqual([401, '{"method":']);
  });

  it('does not get what a client sends under our names, however it is written', async () => {
    const { id } = await me(one.browser);
    const smuggled = {
      'X-Latchkey-User': 'eve',
      'x-latchkey-name': ['eve', 'eve'],
      X_Latchkey_User: 'eve',
      'X-Latchkey_User': 'eve',
      'X_Latchkey-User': 'eve',
      x_latchkey_email: 'eve@example.test',
      'X-LATCHKEY-EMAIL': 'eve@example.test',
      'X-Latchkey-Email-Verified': 'true',
      'X-Latchkey-Provider': 'eve',
      'X-Latchkey-Token': 'eve',
      'X-Latchkey-Service-Key': 'eve',
      'X-Latchkey-Client-Address': '203.0.113.7',
    };
    const person = somebody({ name: 'N', email: 'n@example.test' });
    const unverified = await visitor(latchkey, latchkey, 'facebook', person);
    for (const [cookie, user] of [
      [one.domain, id],
      [unverified.domain, (await me(unverified.browser)).id],
    ] as const) {
      const answer = await visit('/', { ...smuggled, Cookie: cookie });
      expect(JSON.stringify(headersOf(answer))).not.toContain('eve');
      expect(JSON.stringify(headersOf(answer))).not.toContain('203.0.113.7');
      expect(
        ours(answer)
          .map(([each]) => each)
          .toSorted(),
      ).toEqual([
        'x-latchkey-email-verified',
        'x-latchkey-name',
        'x-latchkey-provider',
        'x-latchkey-user',
      ]);
      expect(headersOf(answer)).toContainEqual(['x-latchkey-user', user]);
    }
    const nobody = await visit('/', smuggled);
    expect(nobody.status).toBe(401);
  });

  it('loses nothing of it by what a client calls hop-by-hop', async () => {
    const { id } = await me(one.browser);
    for (const connection of [
      'X-Latchkey-User',
      'close, x-latchkey-user, X-Latchkey-Email-Verified',
      'x_latchkey_user, X-LATCHKEY-USER',
      ['keep-alive', 'X-Latchkey-User'],
    ]) {
      const answer = await visit('/', { Cookie: one.domain, Connection: connection });
      expect(headersOf(answer)).toContainEqual(['x-latchkey-user', id]);
      expect(headersOf(answer)).toContainEqual(['x-latchkey-email-verified', 'true']);
    }
  });

  it('does not get our cookies, and gets its own', async () => {
    const names = namesOf(latchkey);
    const dead = `${names.domain}=d%3Adead.x`;
    for (const [sent, expected] of [
      [`a=1; ${one.domain}; b=2`, ['a=1', 'b=2']],
      [`${one.domain}; a=1`, ['a=1']],
      [`a=1; ${one.domain}`, ['a=1']],
      [`a=1;${one.domain};b=2`, ['a=1', 'b=2']],
      [`${dead}; ${one.domain}; a=1; ${dead}`, ['a=1']],
      [`__Host-latchkey=x; a=1; __Secure-latchkey-0123abcd=y; ${one.domain}`, ['a=1']],
      [`${one.full}; a=1; ${names.attempt}x=1; ${names.pending}=2`, ['a=1']],
      [`my-latchkey=1; ${one.domain}; notlatchkey=2`, ['my-latchkey=1', 'notlatchkey=2']],
    ] as const) {
      const answer = await visit('/', { Cookie: sent });
      const passed = headersOf(answer)
        .filter(([each]) => each === 'cookie')
        .flatMap(([, cookies]) => cookies.split(';'))
        .map((pair) => pair.trim())
        .filter((pair) => pair !== '');
      expect([sent, passed]).toEqual([sent, expected]);
    }
  });

  it('does not get them where there are too many to take away one by one', async () => {
    const many = Array.from({ length: 20 }, () => `${namesOf(latchkey).domain}=x`).join('; ');
    const answer = await visit('/', { Cookie: `a=1; ${many}; ${one.domain}` });
    expect(JSON.stringify(headersOf(answer))).not.toMatch(/latchkey-[\da-f]{8}-domain/);
  });

  it('does not get a session of an application, and gets other credentials', async () => {
    const { sessionToken } = await bearerOf(latchkey);
    expect(await authorization(`Bearer ${sessionToken}`)).toEqual([]);
    expect(await authorization(`bearer   ${sessionToken}`)).toEqual([]);
    expect((await visit('/', { Cookie: one.domain, Authorization: 'Bearer lks_abc' })).status).toBe(
      401,
    );
    expect(await authorization('Basic abc')).toEqual([['authorization', 'Basic abc']]);
    expect(await authorization('Bearer abc')).toEqual([['authorization', 'Bearer abc']]);
  });

  it('sends a navigation to sign-in and back, and gives everything else 401', async () => {
    const answer = await visit('/inbox?a=1&b=%2Fx', NAVIGATION);
    expect([answer.status, answer.headers['location']]).toEqual([
      302,
      `${latchkey.environment['PUBLIC_URL']}/?returnTo=${encodeURIComponent(`http://${host}/inbox?a=1&b=%2Fx`)}`,
    ]);
    const script = { Accept: '*/*', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' };
    expect((await visit('/inbox', script)).status).toBe(401);
    expect((await visit('/form', NAVIGATION, { method: 'POST', body: 'x=1' })).status).toBe(401);
    // Nor does it follow what a client says of where it was.
    const claimed = { 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Uri': '/evil' };
    const { headers } = await visit('/inbox', { ...NAVIGATION, ...claimed });
    expect(headers['location']).not.toContain('evil');
  });

  it('is not reached by a path that says it is another', async () => {
    const asked = { 'X-Original-URL': '/public', 'X-Forwarded-Uri': '/public' };
    expect((await visit('/inbox', asked)).status).toBe(401);
    for (const path of ['/latchkey/verify', '/latchkey/sign-in']) {
      expect([401, 404]).toContain((await visit(path)).status);
    }
  });

  it('passes 429 through, with Retry-After', async () => {
    const busy = await visitor(latchkey, latchkey, 'google', somebody());
    let answer = await visit('/', { Cookie: busy.domain });
    for (let turn = 0; turn < 260 && answer.status === 200; turn += 1) {
      answer = await visit('/', { Cookie: busy.domain });
    }
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.text).not.toContain('rawHeaders');
  }, 60_000);

  it('passes 503 through, with Retry-After', async () => {
    const back = await takeStore(latchkey);
    const answer = await visit('/', { Cookie: one.domain });
    await back();
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.text).not.toContain('rawHeaders');
  });

  // The last one: it takes Latchkey away.
  it(`lets nobody in without Latchkey, and ${name} says 50x`, async () => {
    await latchkey.app.close();
    const answer = await visit('/', { Cookie: one.domain });
    expect([502, 503]).toContain(answer.status);
    expect(answer.text).not.toContain('rawHeaders');
  });
});
