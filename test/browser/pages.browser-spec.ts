import { describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { providers } from '../../src/providers/registry.js';
import { providerIds } from '../../src/common/provider-id.js';
import { browserSuite } from './support/browser-suite.js';
import { lowContrast } from './support/contrast.js';
import { signIn } from './support/visit.js';

const { latchkey, openProfile } = browserSuite();
let context: BrowserContext;

const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(6).slice(0, 200);
const somebody = {
  type: { Name: LONG_NAME, Email: `${'a'.repeat(60)}@${'b'.repeat(60)}.example` },
};

/** Each page, as somebody with a very long name sees it. */
async function eachPage(visit: (page: Page, name: string) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  await page.goto(latchkey.url);
  await visit(page, 'sign-in page');
  await page.goto(`${latchkey.url}/?error=internal_error&provider=google&requestId=0123456789ab`);
  await visit(page, 'sign-in page with a notice');
  await signIn(page, latchkey.url, 'facebook', somebody);
  await visit(page, 'account page');
  await page.goto(latchkey.url);
  await visit(page, 'sign-in page of somebody who is signed in');
}

it('says what things are: landmarks, one main heading, names for everything that can be pressed', async () => {
  context = await openProfile();
  await eachPage(async (page, name) => {
    const count = {
      page: name,
      mains: await page.getByRole('main').count(),
      banners: await page.getByRole('banner').count(),
      headings: await page.getByRole('heading', { level: 1 }).count(),
      nameless: await page.getByRole('button', { name: /^\s*$/ }).count(),
      namelessLinks: await page.getByRole('link', { name: /^\s*$/ }).count(),
      scripts: await page.locator('script').count(),
      repeatedIds: await page.evaluate<number>(
        `(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.length - new Set(ids).size; })()`,
      ),
    };
    expect(count).toEqual({
      page: name,
      mains: 1,
      banners: 1,
      headings: 1,
      nameless: 0,
      namelessLinks: 0,
      scripts: 0,
      repeatedIds: 0,
    });
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.title()).not.toBe('');
  });
});

it('has a button for each provider, in the order of the registry', async () => {
  context = await openProfile();
  const page = await context.newPage();
  await page.goto(latchkey.url);
  const names = await page.getByRole('list').getByRole('link').allInnerTexts();
  expect(names).toEqual(providerIds.map((id) => `Continue with ${providers[id].label}`));
});

it.each([320, 400, 1100])('fits into %d pixels, whatever people are called', async (width) => {
  context = await openProfile({ viewport: { width, height: 700 } });
  await eachPage(async (page, name) => {
    expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
      name,
      width,
    ]);
  });
});

it('fits when the text is twice as large', async () => {
  context = await openProfile({ viewport: { width: 640, height: 700 } });
  await eachPage(async (page, name) => {
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
      name,
      640,
    ]);
  });
});

it.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
  context = await openProfile({ colorScheme });
  await eachPage(async (page, name) => {
    expect([name, ...(await lowContrast(page))]).toEqual([name]);
  });
});

it('has targets that a finger can hit', async () => {
  context = await openProfile({ viewport: { width: 320, height: 700 } });
  await eachPage(async (page, name) => {
    const targets = await page.locator('.button').all();
    expect([name, targets.length]).not.toEqual([name, 0]);
    for (const target of targets) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(36);
    }
  });
});

describe('the picture of a person', () => {
  it('is shown, and hides the initial', async () => {
    context = await openProfile();
    const page = await context.newPage();
    await signIn(page, latchkey.url, 'google');
    expect(await page.evaluate(`document.querySelector('.avatar img').naturalWidth`)).toBe(256);
  });

  it('leaves the initial when it does not load', async () => {
    context = await openProfile();
    const page = await context.newPage();
    await page.route(/\/sandbox\/pictures\//, (route) => route.abort());
    await signIn(page, latchkey.url, 'google');
    // What the style sheet draws over the browser's broken picture.
    const drawn = `getComputedStyle(document.querySelector('.avatar img'), '::after').content`;
    expect(await page.evaluate(drawn)).toBe('"A"');
    expect(await page.locator('.avatar').innerText()).toBe('A');
  });
});
