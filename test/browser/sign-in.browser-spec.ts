import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { providers } from '../../src/providers/registry.js';
import { providerIds } from '../../src/common/provider-id.js';
import { browserSuite } from './support/browser-suite.js';
import { consent, placeOf, providerButton, signIn, whoIs } from './support/visit.js';

const { latchkey, openProfile, visit } = browserSuite();
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeEach(async () => {
  ({ context, page, complaints } = await visit());
});

/** Presses Tab until the thing with this text has the focus, which has to be visible all the way. */
async function tabTo(text: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<{ text: string; outline: string }>(`(() => {
      const { activeElement } = document;
      const ring = activeElement.closest('.person') ?? activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(ring);
      return { text: activeElement.textContent.trim(), outline: outlineStyle + outlineWidth };
    })()`);
    expect(focused.outline).toBe('solid3px');
    if (focused.text === text) return;
  }
  throw new Error(`${text} cannot be reached with the Tab key`);
}

describe.each(providerIds)('a person who signs in with %s', (provider) => {
  it('clicks, chooses who they are, allows it, and is on their account page', async () => {
    await signIn(page, latchkey.url, provider, { choose: 'Ada Lovelace' });
    expect(placeOf(page)).toBe('/account');
    expect(await whoIs(page)).toBe('Ada Lovelace');
    const connected = page.getByRole('region', { name: 'Ways to sign in' });
    const entry = connected.getByRole('listitem').filter({ hasText: providers[provider].label });
    expect(await entry.innerText()).toContain('last used');
    expect(complaints).toEqual([]);
  });

  it('needs no script', async () => {
    const scriptless = await openProfile({ javaScriptEnabled: false });
    const tab = await scriptless.newPage();
    await signIn(tab, latchkey.url, provider, { choose: 'Grace Hopper' });
    expect(await whoIs(tab)).toBe('Grace Hopper');
    await tab.getByRole('button', { name: 'Sign out of this browser' }).click();
    expect(await whoIs(tab)).toBe('You are signed out');
    await tab.getByRole('link', { name: 'Sign in again' }).click();
    expect(await whoIs(tab)).toMatch(/^Sign in to /);
    const last = tab.getByRole('link', { name: 'Last used' });
    expect(await last.innerText()).toContain(providers[provider].label);
  });

  it('can be anybody by typing who they are', async () => {
    await signIn(page, latchkey.url, provider, {
      type: { Name: 'Zoë <b>O’Neill</b>', Email: 'zoe@example.com' },
    });
    expect(await whoIs(page)).toBe('Zoë <b>O’Neill</b>');
    expect(await page.getByText('zoe@example.com').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('comes back to where they were', async () => {
    const returnTo = '/account?from=here';
    await signIn(page, `${latchkey.url}/?returnTo=${encodeURIComponent(returnTo)}`, provider);
    expect(placeOf(page)).toBe(returnTo);
  });

  it('can do so in two tabs at once', async () => {
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(latchkey.url);
      await providerButton(tab, provider).click();
    }
    await consent(other);
    await consent(page);
    expect([await whoIs(page), await whoIs(other)]).toEqual(['Ada Lovelace', 'Ada Lovelace']);
    await other.reload();
    expect(await whoIs(other)).toBe('Ada Lovelace');
  });
});

describe('a person who is signed in', () => {
  beforeEach(() => signIn(page, latchkey.url, 'google'));

  it('is told so on the sign-in page', async () => {
    await page.goto(latchkey.url);
    expect(await whoIs(page)).toBe(`You are signed in to ${new URL(latchkey.url).host}`);
    await page.getByText('Signed in as Ada Lovelace').waitFor();
    await page.getByRole('link', { name: 'Go to your account' }).click();
    expect(await whoIs(page)).toBe('Ada Lovelace');
    expect(complaints).toEqual([]);
  });

  it('signs out, and the account page asks to sign in again', async () => {
    await page.getByRole('button', { name: 'Sign out of this browser' }).click();
    expect(placeOf(page)).toBe('/');
    await page.goto(`${latchkey.url}/account`);
    expect(placeOf(page)).toBe('/?returnTo=%2Faccount');
    expect(complaints).toEqual([]);
  });

  it('has cookies that no script reads and no other site sends', async () => {
    expect(await page.evaluate('document.cookie')).toBe('');
    const cookies = await context.cookies(latchkey.url);
    expect(cookies).not.toHaveLength(0);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', domain: 'localhost' });
    }
  });
});

describe('a person with a keyboard only', () => {
  it('signs in and out', async () => {
    await page.goto(latchkey.url);
    await tabTo('Continue with Google');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo('Allow');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account');
    expect(await whoIs(page)).toBe('Grace Hopper');
    await tabTo('Sign out');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });

  it('reaches the buttons of the sign-in page in the order they are seen', async () => {
    await page.goto(latchkey.url);
    for (const provider of providerIds) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(
        `Continue with ${providers[provider].label}`,
      );
    }
  });
});
