import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { Browser, type Consent, locationOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

const APP = 'https://app.test';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ ALLOWED_ORIGINS: APP });
});

afterAll(() => latchkey.close());

const signIn = async (consent: Consent, query: Record<string, string> = {}) =>
  locationOf(await new Browser(latchkey).signIn('facebook', consent, query));

describe('where Facebook’s answer leads has a fragment', () => {
  it.each<[string, Consent, RegExp]>([
    ['success', {}, /^\/account#$/],
    ['denial', { decision: 'deny' }, /^\/\?error=access_denied[^#]*#$/],
    ['an error', { fault: 'error_message' }, /^\/\?error=provider_error[^#]*#$/],
    ['an error without state', { fault: 'not_live' }, /^\/\?error=provider_error[^#]*#$/],
    ['a failure', { fault: 'token_error' }, /^\/\?error=provider_error[^#]*#$/],
  ])('after %s', async (_what, consent, location) => {
    expect(await signIn({ person: 'ada', ...consent })).toMatch(location);
  });

  it('after an answer of no attempt', async () => {
    const response = await new Browser(latchkey).get('/auth/facebook/callback?state=a&code=b');
    expect(locationOf(response)).toMatch(/^\/\?error=invalid_state[^#]*#$/);
  });

  it.each([
    ['/inbox#unread', '/inbox#unread'],
    ['/inbox#', '/inbox#'],
    ['/inbox?a=%23', '/inbox?a=%23#'],
    [`${APP}/x`, `${APP}/x#`],
    [`${APP}/x#/route`, `${APP}/x#/route`],
  ])('which is that of returnTo, if it has one: %s', async (returnTo, location) => {
    expect(await signIn({ person: 'ada' }, { returnTo })).toBe(location);
  });
});

it('the others’ answers have none', async () => {
  for (const provider of providerIds.filter((id) => id !== 'facebook')) {
    const browser = new Browser(latchkey);
    expect(locationOf(await browser.signIn(provider, { person: 'grace' }))).toBe('/account');
  }
});

it('the fragment of SIGN_IN_ERROR_URL stays', async () => {
  const own = await startLatchkey({ SIGN_IN_ERROR_URL: '/app#/failed' });
  try {
    const denied = await new Browser(own).signIn('facebook', { decision: 'deny' });
    expect(locationOf(denied)).toMatch(/^\/app\?error=access_denied[^#]*#\/failed$/);
  } finally {
    await own.close();
  }
});
