import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../src/common/errors/app-error.js';
import type { SandboxFault } from '../../src/sandbox/sandbox.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  expectErrorRedirect,
  expectFailedSignIn,
  expectProblem,
} from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;
let member: Browser;

const pathsAsked = () => latchkey.sandbox.requests.map(({ path }) => path);

const brokenDocuments: [SandboxFault, ErrorCode][] = [
  ['error', 'provider_error'],
  ['timeout', 'provider_timeout'],
  ['slow', 'provider_timeout'],
  ['malformed', 'provider_error'],
  ['redirect', 'provider_error'],
  ['5xx', 'provider_error'],
  ['unavailable', 'provider_error'],
];

async function start() {
  latchkey = await startLatchkey({ PROVIDER_TIMEOUT_MS: '700' });
  member = new Browser(latchkey);
  await member.signIn('facebook', { person: 'grace' });
  latchkey.sandbox.reset();
}

describe('Google’s discovery document', () => {
  beforeAll(start);
  afterAll(() => latchkey.close());

  it.each(brokenDocuments)('that is broken (%s) fails the start with %s', async (fault, code) => {
    // Twice for each start: a connection that closes as it is used again is no answer.
    latchkey.sandbox.failNext('google', 'discovery', fault, 4);
    const visitor = new Browser(latchkey);
    expectErrorRedirect(await visitor.get('/auth/google'), 'google', code);
    expectProblem(await visitor.api('/auth/google'), code);
    expect(await visitor.cookies()).toEqual({});
    latchkey.sandbox.reset();
  });

  it('is loaded once it is back, in one request for all waiting starts', async () => {
    latchkey.sandbox.reset();
    const visitors = Array.from({ length: 5 }, () => new Browser(latchkey));
    const urls = await Promise.all(visitors.map((visitor) => visitor.start('google')));
    expect(urls.map((url) => new URL(url).pathname)).toEqual(
      visitors.map(() => '/google/o/oauth2/v2/auth'),
    );
    expect(pathsAsked()).toEqual(['/google/.well-known/openid-configuration']);
  });

  it('is cached, so that Google may be unreachable afterwards', async () => {
    latchkey.sandbox.failNext('google', 'discovery', '5xx', 5);
    const response = await new Browser(latchkey).signIn('google');
    expect(locationOf(response)).toBe('/account');
  });
});

describe('Google’s keys', () => {
  beforeAll(start);
  beforeEach(() => latchkey.sandbox.reset());
  afterAll(() => latchkey.close());

  it.each(brokenDocuments)('that are broken (%s) fail the sign-in with %s', async (fault, code) => {
    const arm = () => latchkey.sandbox.failNext('google', 'jwks', fault, 4);
    await expectFailedSignIn(latchkey, member, { provider: 'google', code, arm });
  });

  it('are fetched once for many sign-ins', async () => {
    await new Browser(latchkey).signIn('google');
    await new Browser(latchkey).signIn('google');
    const fetches = pathsAsked().filter((path) => path.endsWith('/certs'));
    expect(fetches).toHaveLength(1);
  });

  it('are fetched once more when they have been rotated', async () => {
    await latchkey.sandbox.act('google/rotate-key');
    const response = await new Browser(latchkey).signIn('google');
    expect(locationOf(response)).toBe('/account');
    await new Browser(latchkey).signIn('google');
    expect(pathsAsked().filter((path) => path.endsWith('/certs'))).toHaveLength(1);
  });
});

describe('an ID token', () => {
  beforeAll(start);
  afterEach(() => latchkey.sandbox.reset());
  afterAll(() => latchkey.close());

  it.each<[string]>([
    ['id_token_missing'],
    ['id_token_unsigned'],
    ['id_token_hs256'],
    ['id_token_bad_signature'],
    ['id_token_wrong_audience'],
    ['id_token_wrong_azp'],
    ['id_token_wrong_issuer'],
    ['id_token_expired'],
    ['id_token_future'],
    ['id_token_wrong_nonce'],
    ['id_token_no_nonce'],
  ])('with the fault %s signs nobody in', async (fault) => {
    const failing = { provider: 'google', code: 'invalid_id_token', consent: { fault } } as const;
    await expectFailedSignIn(latchkey, member, failing);
  });

  it('is enough: there is no userinfo request', async () => {
    await new Browser(latchkey).signIn('google');
    expect(pathsAsked()).not.toContain('/google/v1/userinfo');
  });
});
