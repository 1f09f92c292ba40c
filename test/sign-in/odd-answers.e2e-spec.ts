import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import type { SandboxFault, SandboxStep } from '../../src/sandbox/sandbox.js';
import { accountSuite } from '../support/account-suite.js';
import { Browser, type Consent, locationOf } from '../support/browser.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';

// Nobody has asked Google for its document yet, so that the first test can pack it.
const latchkey = accountSuite();

beforeEach(() => latchkey.sandbox.reset());

async function userOf(provider: ProviderId, consent: Consent): Promise<Record<string, unknown>> {
  const browser = new Browser(latchkey);
  expect(locationOf(await browser.signIn(provider, consent))).toMatch(/^\/account/);
  return (await browser.api('/users/me')).body as Record<string, unknown>;
}

describe.each(['gzip', 'deflate', 'br'] as const)('an answer that is packed with %s', (coding) => {
  it.each<[ProviderId, SandboxStep[]]>([
    ['google', ['discovery', 'jwks', 'token']],
    ['twitter', ['request_token', 'token', 'profile']],
    ['facebook', ['token', 'profile']],
  ])('is read: %s’s', async (provider, steps) => {
    for (const step of steps) latchkey.sandbox.failNext(provider, step, coding);
    const name = 'Zoë 美咲';
    expect(await userOf(provider, { name, subject: '42' })).toMatchObject({ displayName: name });
  });
});

it('an error that is packed is one', async () => {
  // Google takes a code once: the second time it is an error, packed.
  const browser = new Browser(latchkey);
  const callback = await browser.consent(await browser.start('google'), { person: 'ada' });
  const other = await browser.consent(await browser.start('google'), { person: 'ada' });
  const code = new URL(callback).searchParams.get('code') ?? '';
  await browser.callback(callback);
  latchkey.sandbox.failNext('google', 'token', 'gzip');
  const again = new URL(other);
  again.searchParams.set('code', code);
  expectErrorRedirect(await browser.callback(again.href), 'google', 'provider_error');
});

describe('a name', () => {
  it.each([
    ['a filler', '\u3164'],
    ['blank Braille', '\u2800\u2800'],
    ['zero-width characters', '\u200b\u2060'],
    ['tag characters', '\u{e0041}\u{e0064}\u{e0061}'],
  ])('with nothing visible in it (%s) is none beside a username', async (_what, name) => {
    const user = await userOf('twitter', { name, username: 'ada_l', subject: '42' });
    expect(user).toMatchObject({
      displayName: 'ada_l',
      identities: [{ displayName: null, username: 'ada_l' }],
    });
  });

  it.each<[ProviderId, SandboxFault]>([
    ['google', 'name_in_parts'],
    ['facebook', 'name_in_parts'],
  ])('of %s that comes in parts is put together', async (provider, fault) => {
    expect(await userOf(provider, { person: 'ada', fault })).toMatchObject({
      displayName: 'Ada Lovelace',
    });
  });
});

it('a verified address is verified also where Google says so in text', async () => {
  const fault = 'email_verified_text';
  const typed = { email: 'zoe@example.com', subject: '42', fault };
  expect(await userOf('google', { ...typed, emailVerified: true })).toMatchObject({
    emailVerified: true,
  });
  expect(
    await userOf('google', {
      ...typed,
      email: 'other@example.com',
      subject: '43',
      emailVerified: false,
    }),
  ).toMatchObject({
    emailVerified: false,
  });
});

it('Facebook is asked for a picture of 256 pixels', async () => {
  expect(await userOf('facebook', { person: 'ada' })).toMatchObject({
    avatarUrl: expect.stringMatching(/height=256&width=256/),
  });
});
