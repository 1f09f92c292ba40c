import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/browser-suite.js';
import { consent, placeOf, providerButton, signIn, stepUp, whoIs } from './support/visit.js';

const { latchkey, visit } = browserSuite({ PROVIDER_TIMEOUT_MS: '1000' });
let page: Page;
let complaints: string[];

beforeEach(async () => {
  ({ page, complaints } = await visit());
});

// Facebook's dialog leaves `#_=_` in the address of the callback.
describe('what Facebook leaves in the address', () => {
  it.each([
    ['success', {}, /^\/account$/],
    ['denial', { press: 'Deny' }, /^\/\?error=access_denied[^#]*$/],
    ['a failure of the token', { fail: 'Status 503' }, /^\/\?error=provider_error[^#]*$/],
    ['an error without state', { fail: 'Denied, without state' }, /^\/\?error=access_denied[^#]*$/],
  ] as const)('is gone after %s', async (_what, answer, place) => {
    await signIn(page, latchkey.url, 'facebook', answer);
    expect(placeOf(page)).toMatch(place);
    expect(complaints).toEqual([]);
  });

  it('is gone where the next page leads on', async () => {
    const returnTo = encodeURIComponent('/account?returnTo=%2Faccount%2Factivity');
    await signIn(page, `${latchkey.url}/?returnTo=${returnTo}`, 'facebook');
    expect(placeOf(page)).toBe('/account/activity');
  });

  it.each([
    ['/account#sessions', '/account#sessions'],
    ['/account?a=1#b=2', '/account?a=1#b=2'],
  ])('gives way to the fragment of %s', async (returnTo, place) => {
    await page.goto(`${latchkey.url}/auth/facebook?returnTo=${encodeURIComponent(returnTo)}`);
    await consent(page);
    expect(placeOf(page)).toBe(place);
  });

  it('is gone after connecting, and after a second try', async () => {
    await signIn(page, latchkey.url, 'google');
    await stepUp(page, latchkey.url);
    const connect = page.getByRole('button', { name: 'Connect Facebook' });
    await connect.click();
    await consent(page, { press: 'Deny' });
    expect(placeOf(page)).toMatch(/^\/\?error=access_denied[^#]*purpose=link[^#]*$/);
    await page.getByRole('link', { name: 'Back to your account' }).click();
    await connect.click();
    await consent(page);
    expect(placeOf(page)).toMatch(/^\/account[^#]*$/);
    expect(await whoIs(page)).toBe('Ada Lovelace');
  });

  it('is not on the buttons of the page that a failure leads to', async () => {
    await signIn(page, latchkey.url, 'facebook', { press: 'Deny' });
    expect(await providerButton(page, 'facebook').getAttribute('href')).not.toContain('_=_');
  });
});
