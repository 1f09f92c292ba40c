import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { browserSuite } from './support/browser-suite.js';
import { complaintsIn } from './support/chromium.js';
import { lowContrast } from './support/contrast.js';
import { consent, placeOf, providerButton, signIn, stepUp, tabTo, whoIs } from './support/visit.js';

/* What was connected lately, and an account of one's own, as people meet them, in every shape. */

const { latchkey, openProfile } = browserSuite();
const HEADING = 'X was connected to your account';
const pages = ['/', '/account', '/account/activity', '/account/delete', '/account/nowhere'];
const shapes = [320, 1000].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => [width, colorScheme] as const),
);
let context: BrowserContext;
let page: Page;
let complaints: string[];

async function open(width = 1000, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  context = await openProfile({
    viewport: { width, height: 800 },
    colorScheme,
  });
  complaints = complaintsIn(context);
  page = await context.newPage();
}

/** Ada signs in with Google, and in her browser somebody connects Grace's X. */
async function connectX(): Promise<void> {
  await signIn(page, latchkey.url, 'google');
  await page.getByRole('button', { name: 'Connect X', exact: true }).click();
  await consent(page, { choose: 'Grace Hopper' });
  await stepUp(page, latchkey.url);
}

const widthOf = (of: Page) => of.evaluate<number>('document.documentElement.scrollWidth');
describe.each(shapes)('%d pixels wide, %s', (width, colorScheme) => {
  beforeEach(() => open(width, colorScheme));

  it('each page shows what was connected, readable and named, before its own', async () => {
    await connectX();
    for (const path of pages) {
      await page.goto(latchkey.url + path);
      const notice = page.getByRole('region', { name: HEADING });
      const facts = {
        path,
        notices: await notice.count(),
        headings: await notice.getByRole('heading', { level: 2, name: HEADING }).count(),
        buttons: await notice.getByRole('button', { name: 'It was me', exact: true }).count(),
        links: await notice.getByRole('link', { name: 'Disconnect it', exact: true }).count(),
        main: await page.getByRole('main').count(),
        width: await widthOf(page),
        unreadable: await lowContrast(page),
      };
      expect(facts).toEqual({
        path,
        notices: 1,
        headings: 1,
        buttons: 1,
        links: 1,
        main: 1,
        width,
        unreadable: [],
      });
      const described =
        'document.getElementById(document.querySelector(".new button").getAttribute("aria-describedby")).textContent';
      expect(await page.evaluate(described)).toBe(HEADING);
      for (const target of await notice.locator('.actions .button').all()) {
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(36);
      }
    }
  });

  it('an account of one’s own is offered, readable, and made by a click', async () => {
    const address = 'ada@gmail.com';
    const elsewhere = await (await openProfile()).newPage();
    await signIn(elsewhere, latchkey.url, 'twitter', { type: { Name: 'First', Email: address } });
    await signIn(page, latchkey.url, 'google', { type: { Name: 'Ada', Email: address } });
    expect(placeOf(page)).toMatch(/^\/\?error=account_exists&/);
    const offer = page.getByRole('region', { name: 'Is that account not yours?' });
    expect([await widthOf(page), await lowContrast(page)]).toEqual([width, []]);
    await offer.getByRole('button', { name: 'Start a new account' }).dblclick();
    await page.getByRole('heading', { level: 1, name: 'Ada' }).waitFor();
    await elsewhere.reload();
    await elsewhere.getByText('contested').first().waitFor();
    expect(await lowContrast(elsewhere)).toEqual([]);
  });
});

it('the question whether to connect offers it too, and fits', async () => {
  await open(320);
  const address = 'ada@gmail.com';
  const first = { type: { Name: 'First', Email: address, 'Account id': '4711' } };
  const elsewhere = await (await openProfile()).newPage();
  await signIn(elsewhere, latchkey.url, 'twitter', first);
  await signIn(page, latchkey.url, 'google', { type: { Name: 'Ada', Email: address } });
  await providerButton(page, 'twitter').click();
  await consent(page, first);
  expect(await whoIs(page)).toBe('Connect Google to your account?');
  expect(await widthOf(page)).toBe(320);
  await page.getByRole('button', { name: 'Start a new account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ada' }).waitFor();
});

describe('by the keyboard alone, what was connected', () => {
  beforeEach(async () => {
    await open();
    await connectX();
  });

  it('is the first that Tab reaches, and dismissed', async () => {
    for (const name of ['It was me', 'Disconnect it']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe(
        'none',
      );
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('X stays connected.').waitFor();
    expect(await page.getByRole('region', { name: HEADING }).count()).toBe(0);
    await page.goto(`${latchkey.url}/account/activity`);
    expect(await page.getByRole('region', { name: HEADING }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is disconnected', async () => {
    await page.goto(`${latchkey.url}/account/activity`);
    await tabTo(page, 'Disconnect it');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account/disconnect/twitter');
    await tabTo(page, 'Disconnect X');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('X is disconnected.').waitFor();
    expect(complaints).toEqual([]);
  });
});

it('X, just connected, deletes nothing: the page says until when, and leads to Google', async () => {
  await open(320);
  await connectX();
  await latchkey.database.updateTable('session_proofs').set({ asked_at: null }).execute();
  await page.goto(`${latchkey.url}/auth/twitter?prompt=login&returnTo=%2Faccount%2Fdelete`);
  await consent(page, { choose: 'Grace Hopper' });
  expect(await whoIs(page)).toBe('Confirm it with Google');
  expect([await widthOf(page), await lowContrast(page)]).toEqual([320, []]);
  await page.goto(`${latchkey.url}/account/disconnect/google`);
  expect(await whoIs(page)).toBe('It is too early for this');
  await page.goto(`${latchkey.url}/account/delete`);
  await page.getByRole('link', { name: 'Continue with Google' }).click();
  await consent(page);
  expect([placeOf(page), await whoIs(page)]).toEqual(['/account/delete', 'Delete your account?']);
});
