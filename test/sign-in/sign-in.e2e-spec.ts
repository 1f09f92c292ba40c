import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { Browser, locationOf, paramsOf, targetOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

afterAll(() => latchkey.close());

/** What each provider tells about the sandbox's Ada, beyond her name. */
const ada: Record<ProviderId, object> = {
  google: { email: 'ada@example.com', emailVerified: true, username: null },
  twitter: { email: 'ada@x.example', emailVerified: true, username: 'ada' },
  facebook: { email: 'ada@facebook.example', emailVerified: false, username: null },
};

describe.each(providerIds)('signing in with %s', (provider) => {
  let browser: Browser;

  beforeEach(async () => {
    await latchkey.database.deleteFrom('users').execute();
    browser = new Browser(latchkey);
  });

  it('goes through start, consent and callback to a signed-in user', async () => {
    const response = await browser.signIn(provider, { person: 'ada' });
    expect([response.status, targetOf(response)]).toEqual([302, '/account']);

    const me = await browser.api('/users/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      displayName: 'Ada Lovelace',
      avatarUrl: expect.stringContaining(`${latchkey.sandbox.url}/sandbox/pictures/`),
      identities: [{ provider, displayName: 'Ada Lovelace', ...ada[provider] }],
    });

    const session = await browser.api('/auth/session');
    expect(session.body).toMatchObject({ user: me.body, session: { provider }, pendingLink: null });
  });

  it('redirects to returnTo', async () => {
    const response = await browser.signIn(provider, { person: 'ada' }, { returnTo: '/docs?a=1#b' });
    expect(locationOf(response)).toBe('/docs?a=1#b');
  });

  it('finds the same user again, with the current profile', async () => {
    const subject = '1234567890123456789';
    const before = { subject, name: 'Ada Byron', email: 'ada@old.test', username: 'ada_b' };
    await browser.signIn(provider, { ...before, emailVerified: true });
    const { body: first } = await browser.api('/users/me');

    const elsewhere = new Browser(latchkey);
    const after = { subject, name: 'Ada King', email: 'ada@new.test', username: 'ada_k' };
    await elsewhere.signIn(provider, { ...after, emailVerified: true });
    const { body: second } = await elsewhere.api('/users/me');

    expect(second).toMatchObject({ id: first.id, displayName: 'Ada King', email: 'ada@new.test' });
    expect(second.identities).toHaveLength(1);
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('works without an email address', async () => {
    await browser.signIn(provider, { person: 'grace' });
    const { body } = await browser.api('/users/me');
    expect(body).toMatchObject({ displayName: 'Grace Hopper', email: null, emailVerified: false });
  });

  it('ends in access_denied when the person declines, and finishes the attempt', async () => {
    const callback = await browser.consent(await browser.start(provider), {
      person: 'ada',
      decision: 'deny',
    });
    const response = await browser.callback(callback);
    expect(response.status).toBe(302);
    expect(locationOf(response)).toMatch(/^\/\?/);
    expect(paramsOf(response)).toEqual({
      error: 'access_denied',
      provider,
      requestId: response.headers['x-request-id'],
    });
    expect((await browser.api('/users/me')).status).toBe(401);
    expect(locationOf(await browser.callback(callback))).toBe(locationOf(response));
  });

  it('works in two tabs at once, in any order', async () => {
    const one = await browser.start(provider, { returnTo: '/one' });
    const two = await browser.start(provider, { returnTo: '/two' });
    const answers = [
      await browser.consent(one, { person: 'ada' }),
      await browser.consent(two, { person: 'ada' }),
    ];
    const [first, second] = answers as [string, string];
    expect(targetOf(await browser.callback(second))).toBe('/two');
    expect(targetOf(await browser.callback(first))).toBe('/one');
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('creates a session that sign-out ends, so that its cookie is worthless', async () => {
    await browser.signIn(provider);
    const Cookie = await browser.jar.getCookieString(latchkey.url);
    expect((await new Browser(latchkey).api('/users/me', { Cookie })).status).toBe(200);
    expect((await browser.apiSend('post', '/auth/logout')).status).toBe(204);
    const replay = await browser.api('/users/me', { Cookie });
    expect(replay.status).toBe(401);
    expect(replay.body).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  it('accepts a callback once: signed out since, it comes to nothing', async () => {
    const callback = await browser.consent(await browser.start(provider), { person: 'ada' });
    const cookies = await browser.jar.getCookieString(latchkey.url);
    await browser.callback(callback);
    const { database } = latchkey;
    const outcomeKept = () =>
      database
        .selectFrom('claimed_attempts')
        .select('outcome')
        .orderBy('expires_at', 'desc')
        .executeTakeFirstOrThrow();
    expect((await outcomeKept()).outcome).not.toBeNull();
    await browser.apiSend('post', '/auth/logout');
    expect((await outcomeKept()).outcome).toBeNull();
    latchkey.sandbox.reset();
    const replay = await new Browser(latchkey).callback(callback, { Cookie: cookies });
    expect(paramsOf(replay)).toMatchObject({ error: 'invalid_state' });
    expect(latchkey.sandbox.requests).toEqual([]);
  });

  it('rejects a callback in another browser', async () => {
    const callback = await browser.consent(await browser.start(provider), { person: 'ada' });
    const other = new Browser(latchkey);
    await other.signIn(provider, { person: 'grace' });
    latchkey.sandbox.reset();
    const response = await other.callback(callback);
    expect(paramsOf(response)).toMatchObject({ error: 'invalid_state', provider });
    expect(latchkey.sandbox.requests).toEqual([]);
    const { body } = await other.api('/users/me');
    expect(body.displayName).toBe('Grace Hopper');
  });

  it('creates one user for parallel first sign-ins of one person', async () => {
    const browsers = Array.from({ length: 5 }, () => new Browser(latchkey));
    const callbacks = await Promise.all(
      browsers.map(async (each) => each.consent(await each.start(provider), { person: 'ada' })),
    );
    const responses = await Promise.all(
      browsers.map((each, i) => each.callback(callbacks[i] ?? '')),
    );
    expect(responses.map(targetOf)).toEqual(browsers.map(() => '/account'));
    const users = await latchkey.database.selectFrom('users').selectAll().execute();
    expect(users).toHaveLength(1);
  });
});
