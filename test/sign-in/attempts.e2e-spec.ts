import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { backChannel } from '../support/back-channel.js';
import { Browser, targetOf } from '../support/browser.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { identityRows } from '../support/rows.js';

let latchkey: Latchkey;
let browser: Browser;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

beforeEach(async () => {
  latchkey.sandbox.reset();
  browser = new Browser(latchkey);
  await browser.signIn('facebook', { person: 'grace' });
});

afterAll(() => latchkey.close());

/** Brings an answer that must come to nothing, and checks that the provider was not asked and nothing has changed. */
async function expectRefused(
  provider: ProviderId,
  callback: string,
  code: Parameters<typeof expectErrorRedirect>[2],
): Promise<void> {
  const before = await identityRows(latchkey.database);
  const session = (await browser.api('/auth/session')).body as object;
  const asked = backChannel(latchkey.sandbox).length;
  const response = await browser.callback(callback);
  expectErrorRedirect(response, provider, code);
  expect(backChannel(latchkey.sandbox)).toHaveLength(asked);
  expect(await identityRows(latchkey.database)).toEqual(before);
  expect((await browser.api('/auth/session')).body).toEqual(session);
}

/** A good answer of a provider, with its query changed. */
async function answerOf(
  provider: ProviderId,
  change: (query: URLSearchParams) => unknown,
): Promise<string> {
  const url = new URL(await browser.consent(await browser.start(provider), { person: 'grace' }));
  change(url.searchParams);
  return url.href;
}

describe.each(['google', 'facebook'] as const)('a callback from %s', (provider) => {
  it.each<[string, (query: URLSearchParams) => unknown]>([
    ['no state', (query) => query.delete('state')],
    ['an empty state', (query) => query.set('state', '')],
    ['a wrong state', (query) => query.set('state', 'x'.repeat(43))],
    ['a state that is cut', (query) => query.set('state', query.get('state')?.slice(1) ?? '')],
    ['the state twice', (query) => query.append('state', query.get('state') ?? '')],
    ['a bracketed state', (query) => query.append('state[]', query.get('state') ?? '')],
    ['the code twice', (query) => query.append('code', query.get('code') ?? '')],
    ['a bracketed code', (query) => query.append('code[x]', 'y')],
    ['a bracketed error', (query) => query.append('error[]', 'access_denied')],
    ['an empty code', (query) => query.set('code', '')],
    ['a code of 8 KB', (query) => query.set('code', 'x'.repeat(8192))],
    ['a code with control characters', (query) => query.set('code', 'a\r\nb\0')],
    ['__proto__ for a name', (query) => query.append('__proto__[x]', 'y')],
    ['constructor for a name', (query) => query.append('constructor[prototype][x]', 'y')],
    [
      'a declined consent and a wrong state',
      (query) => {
        query.set('error', 'access_denied');
        query.set('state', 'x'.repeat(43));
      },
    ],
  ])('with %s is rejected', async (_name, change) => {
    await expectRefused(provider, await answerOf(provider, change), 'invalid_state');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('that was declined finishes the attempt, and does not echo the query', async () => {
    const markup = '<script>alert(1)</script>';
    const callback = await answerOf(provider, (query) => {
      query.delete('code');
      query.set('error', 'access_denied');
      query.set('error_description', markup);
    });
    await expectRefused(provider, callback, 'access_denied');
    const { text } = await browser.get(`/?error=access_denied&error_description=${markup}`);
    expect(text).not.toContain('alert(1)');
  });

  it('with another issuer is rejected', async () => {
    const callback = await answerOf(provider, (query) => query.set('iss', 'https://evil.test'));
    await expectRefused(provider, callback, 'provider_mismatch');
  });

  it('that says who it comes from is taken, with or without a slash at the end', async () => {
    const { GOOGLE_ISSUER, FACEBOOK_DIALOG_URL } = latchkey.sandbox.settings;
    const issuer = provider === 'google' ? GOOGLE_ISSUER : FACEBOOK_DIALOG_URL;
    for (const iss of [issuer, `${issuer}/`]) {
      const callback = await answerOf(provider, (query) => query.set('iss', iss));
      expect(targetOf(await browser.callback(callback))).toBe('/account');
    }
  });

  it('without code and error is a provider_error', async () => {
    const callback = await answerOf(provider, (query) => query.delete('code'));
    await expectRefused(provider, callback, 'provider_error');
  });

  it('finishes the attempt with its state, and no other', async () => {
    const other = new URL(await browser.start(provider)).searchParams.get('state') ?? '';
    const callback = await answerOf(provider, (query) => query.set('state', other));
    const response = await browser.callback(callback);
    // The code was issued for another challenge: the provider refuses it.
    expectErrorRedirect(response, provider, 'provider_error');
  });
});

describe('a callback at another provider’s redirect URI', () => {
  it.each<[ProviderId, ProviderId]>([
    ['google', 'facebook'],
    ['facebook', 'google'],
  ])('from %s at %s is rejected', async (from, at) => {
    const callback = await answerOf(from, (query) => query.delete('iss'));
    const misled = callback.replace(`/auth/${from}/`, `/auth/${at}/`);
    await expectRefused(at, misled, 'provider_mismatch');
  });

  it('in the format of X is rejected', async () => {
    const state = new URL(await browser.start('google')).searchParams.get('state') ?? '';
    const misled = `${latchkey.url}/auth/twitter/callback?oauth_token=${state}&oauth_verifier=x`;
    await expectRefused('twitter', misled, 'provider_mismatch');
  });

  it('in the format of Google is rejected', async () => {
    const token = new URL(await browser.start('twitter')).searchParams.get('oauth_token') ?? '';
    const misled = `${latchkey.url}/auth/google/callback?state=${token}&code=x`;
    await expectRefused('google', misled, 'provider_mismatch');
  });
});

describe('a callback from X', () => {
  it.each<[string, (query: URLSearchParams) => unknown]>([
    ['no verifier', (query) => query.delete('oauth_verifier')],
    ['an empty verifier', (query) => query.set('oauth_verifier', '')],
    ['two verifiers', (query) => query.append('oauth_verifier', 'x')],
    ['no token', (query) => query.delete('oauth_token')],
    ['an unknown token', (query) => query.set('oauth_token', 'x'.repeat(27))],
    ['two tokens', (query) => query.append('oauth_token', query.get('oauth_token') ?? '')],
    ['a token of 8 KB', (query) => query.set('oauth_token', 'x'.repeat(8192))],
    [
      'a denied token that is unknown',
      (query) => {
        query.delete('oauth_token');
        query.set('denied', 'x'.repeat(27));
      },
    ],
    [
      'a denied token beside a granted one without verifier',
      (query) => {
        query.set('denied', query.get('oauth_token') ?? '');
        query.delete('oauth_verifier');
      },
    ],
  ])('with %s is rejected', async (_name, change) => {
    await expectRefused('twitter', await answerOf('twitter', change), 'invalid_state');
  });

  it('with a wrong verifier is refused by X, and signs nobody in', async () => {
    const callback = await answerOf('twitter', (query) => query.set('oauth_verifier', 'x'));
    const before = await identityRows(latchkey.database);
    expectErrorRedirect(await browser.callback(callback), 'twitter', 'provider_error');
    expect(await identityRows(latchkey.database)).toEqual(before);
  });

  it('that was declined finishes the attempt', async () => {
    const url = await browser.start('twitter');
    const callback = await browser.consent(url, { decision: 'deny' });
    expect([...new URL(callback).searchParams.keys()]).toEqual(['denied']);
    await expectRefused('twitter', callback, 'access_denied');
  });
});

describe.each(providerIds)('a callback of %s', (provider) => {
  it('without a query is rejected', async () => {
    await expectRefused(provider, `${latchkey.url}/auth/${provider}/callback`, 'invalid_state');
  });

  it('without an attempt of this browser is rejected', async () => {
    const callback = await answerOf(provider, () => undefined);
    browser = new Browser(latchkey);
    await expectRefused(provider, callback, 'invalid_state');
  });
});
