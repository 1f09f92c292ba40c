import { describe, expect, it } from '@jest/globals';
import { violationsOn } from './support/axe.js';
import { browserSuite } from './support/browser-suite.js';

/** What only its markup could change: buttons in buttons, names on what has no role, headings, tables and landmarks as it writes them. */
const OF_SWAGGER_UI = [
  'aria-prohibited-attr',
  'heading-order',
  'identical-links-same-purpose',
  'nested-interactive',
  'region',
  'scrollable-region-focusable',
  'td-has-header',
];

const { latchkey, visit } = browserSuite();

describe('/docs', () => {
  it('shows what the API has, also to be tried, under its own policy', async () => {
    const { page, complaints } = await visit();
    await page.goto(`${latchkey.url}/docs`);
    await page.getByText('Ask who is signed in', { exact: true }).waitFor();
    await page.getByText('/auth/session', { exact: true }).click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByText('"pendingLink": null').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['light', 'rgb(250, 250, 250)', 'rgb(59, 65, 81)'],
    ['dark', 'rgb(28, 32, 34)', 'rgb(228, 230, 230)'],
  ] as const)('can be read where the reader prefers %s', async (colorScheme, background, text) => {
    const { page } = await visit();
    await page.emulateMedia({ colorScheme });
    await page.goto(`${latchkey.url}/docs`);
    await page.getByText('Ask who is signed in', { exact: true }).waitFor();
    const shown = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const root = await page.evaluate<string>(
      'getComputedStyle(document.documentElement).backgroundColor',
    );
    expect([shown, root]).toContain(background);
    const colour = `getComputedStyle(document.querySelector('.info p')).color`;
    expect(await page.evaluate<string>(colour)).toBe(text);
  });

  it.each(['light', 'dark'] as const)('has no finding of ours in %s', async (colorScheme) => {
    const { page } = await visit();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(`${latchkey.url}/docs`);
    await page.getByText('/auth/session', { exact: true }).click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByText('"pendingLink": null').first().waitFor();
    // Its colours move for up to half a second.
    await page.waitForTimeout(1000);
    expect(await violationsOn(page, OF_SWAGGER_UI)).toEqual([]);
  });
});
