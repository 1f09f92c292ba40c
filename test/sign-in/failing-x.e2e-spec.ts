import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../src/common/errors/app-error.js';
import type { SandboxFault } from '../../src/sandbox/sandbox.js';
import { accountSuite } from '../support/account-suite.js';
import { Browser, locationOf } from '../support/browser.js';
import { expectErrorRedirect, expectProblem } from '../support/failed-sign-in.js';

const latchkey = accountSuite({ PROVIDER_TIMEOUT_MS: '700' });

beforeEach(async () => {
  latchkey.sandbox.reset();
});

describe('X’s request token', () => {
  it.each<[SandboxFault, ErrorCode]>([
    ['error', 'provider_error'],
    ['timeout', 'provider_timeout'],
    ['slow', 'provider_timeout'],
    ['malformed', 'provider_error'],
    ['redirect', 'provider_error'],
    ['5xx', 'provider_error'],
    ['refused', 'provider_error'],
    ['rate_limited', 'provider_error'],
    ['unavailable', 'provider_error'],
    ['callback_unconfirmed', 'provider_error'],
  ])('failing with %s fails the start with %s', async (fault, code) => {
    latchkey.sandbox.failNext('twitter', 'request_token', fault, 2);
    const visitor = new Browser(latchkey);
    expectErrorRedirect(await visitor.get('/auth/twitter'), 'twitter', code);
    expectProblem(await visitor.api('/auth/twitter'), code);
    expect(await visitor.cookies()).toEqual({});
    expect(latchkey.sandbox.requests.map(({ path }) => path)).toEqual([
      '/x/oauth/request_token',
      '/x/oauth/request_token',
    ]);
  });
});

describe('X’s profile, when X refuses it', () => {
  const ada = {
    subject: '1234567890123456789',
    name: 'Ada Lovelace',
    username: 'ada_l',
    email: 'ada@example.com',
  };
  const refusals: SandboxFault[] = ['refused', 'rate_limited', 'error', '5xx'];

  it.each(refusals)('(%s) signs a new person in from the token response', async (fault) => {
    latchkey.sandbox.failNext('twitter', 'profile', fault);
    const browser = new Browser(latchkey);
    expect(locationOf(await browser.signIn('twitter', ada))).toBe('/account');
    expect((await browser.api('/users/me')).body).toMatchObject({
      displayName: 'ada_l',
      email: null,
      avatarUrl: null,
      identities: [{ subject: ada.subject, username: 'ada_l', displayName: null, email: null }],
    });
  });

  it.each(refusals)(
    '(%s) leaves a known profile unchanged, except for the username',
    async (fault) => {
      const first = new Browser(latchkey);
      await first.signIn('twitter', ada);
      const { body: before } = await first.api('/users/me');

      latchkey.sandbox.failNext('twitter', 'profile', fault);
      const second = new Browser(latchkey);
      await second.signIn('twitter', { ...ada, username: 'ada_k', name: 'Ada King' });
      const { body: after } = await second.api('/users/me');
      const { lastUsedAt, ...identity } = before.identities[0];
      expect(after).toMatchObject({
        id: before.id,
        displayName: 'Ada Lovelace',
        email: 'ada@example.com',
        emailVerified: true,
        avatarUrl: before.avatarUrl,
        identities: [{ ...identity, username: 'ada_k' }],
      });
      expect(after.identities[0].lastUsedAt >= lastUsedAt).toBe(true);
    },
  );

  it('differs from an account without an address, which removes the stored one', async () => {
    await new Browser(latchkey).signIn('twitter', ada);
    const browser = new Browser(latchkey);
    const { email: _gone, ...rest } = ada;
    await browser.signIn('twitter', rest);
    expect((await browser.api('/users/me')).body).toMatchObject({ email: null });
  });
});
