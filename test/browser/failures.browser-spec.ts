import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { type ErrorCode, errorCodes, messageOf } from '../../src/common/errors/app-error.js';
import { providerIds } from '../../src/common/provider-id.js';
import { providers } from '../../src/providers/registry.js';
import { namesOf } from '../support/cookies.js';
import { browserSuite } from './support/browser-suite.js';
import { consent, placeOf, providerButton, signIn, whoIs } from './support/visit.js';

const { latchkey, visit } = browserSuite({ PROVIDER_TIMEOUT_MS: '1000' });
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeEach(async () => {
  ({ context, page, complaints } = await visit());
});

/** What is said in other words than the API's, where the provider is known. */
const SAID: Partial<Record<ErrorCode, string>> = {
  access_denied: 'You did not allow it, or Google does not let your account in.',
  provider_error: 'This is not your fault.',
  provider_timeout: 'This is not your fault.',
  account_exists: 'Sign in to it the way you did before.',
};

/** What the sign-in page says went wrong. */
async function noticeOn(tab: Page): Promise<string> {
  return (await tab.getByRole('alert').innerText()).replaceAll(/\s+/g, ' ');
}

describe.each(providerIds)('with %s', (provider) => {
  it('says that access was denied, and trying again works', async () => {
    await signIn(page, latchkey.url, provider, { press: 'Deny' });
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await noticeOn(page)).toContain(
      `Access at ${providers[provider].label} was not allowed`,
    );

    await providerButton(page, provider).click();
    await consent(page);
    expect([placeOf(page), await whoIs(page)]).toEqual(['/account', 'Ada Lovelace']);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['Status 503', 'answered with an error'],
    ['An HTML page with status 200', 'answered with an error'],
    ['No answer at all', 'did not answer'],
  ])('says what to do when the provider fails: %s', async (fail, what) => {
    await signIn(page, latchkey.url, provider, { fail });
    expect(await noticeOn(page)).toContain(
      `${providers[provider].label} ${what} This is not your fault.`,
    );
    expect(await page.getByText(/^Request id: [\w-]{8,}$/).count()).toBe(1);
    // The attempt's cookie stays for a minute: whoever loads the callback again is told the same.
    const names = (await context.cookies(latchkey.url)).map(({ name }) => name);
    expect(names).toEqual([expect.stringContaining(namesOf(latchkey).attempt)]);
    expect(complaints).toEqual([]);
  });
});

describe('the sign-in page', () => {
  it('says so when the ID token does not hold', async () => {
    await signIn(page, latchkey.url, 'google', { fail: 'Unsigned (alg none)' });
    expect(await noticeOn(page)).toContain(messageOf('invalid_id_token'));
  });

  it('names the provider to use when the address has an account already', async () => {
    const type = { Name: 'Ada', Email: 'ada.somebody@gmail.com' };
    await signIn(page, latchkey.url, 'google', { type });
    await page.getByRole('button', { name: 'Sign out of this browser' }).click();
    await signIn(page, latchkey.url, 'twitter', { type });
    expect(await whoIs(page)).toBe('Sign in with Google instead');
    expect(await page.locator('main').innerText()).toContain(
      'with the email address of this X account',
    );
    // One way on; the others are folded away.
    expect(await providerButton(page, 'google').isVisible()).toBe(true);
    expect(await providerButton(page, 'facebook').isVisible()).toBe(false);
    await page.getByText('Other ways to sign in').click();
    expect(await providerButton(page, 'facebook').isVisible()).toBe(true);
  });

  it('has a sentence for every code, and fits it into 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 600 });
    for (const code of errorCodes) {
      await page.goto(`${latchkey.url}/?error=${code}&provider=google&requestId=${'0'.repeat(36)}`);
      const said = await page.locator('main').innerText();
      expect([code, said]).toEqual([code, expect.stringContaining(SAID[code] ?? messageOf(code))]);
      expect([code, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
        code,
        320,
      ]);
    }
    const { host } = new URL(latchkey.url);
    expect(await page.title()).toMatch(new RegExp(` – Sign in to ${host} · ${host}$`));
  });

  it('shows nothing of what somebody put into its address', async () => {
    const evil = encodeURIComponent('<img src=x onerror=alert(1)>');
    await page.goto(
      `${latchkey.url}/?error=${evil}&provider=${evil}&requestId=${evil}&signInWith=${evil}&returnTo=${evil}`,
    );
    expect(await noticeOn(page)).toBe(messageOf('internal_error'));
    expect(await page.content()).not.toContain('onerror');
    expect(complaints).toEqual([]);
  });
});
