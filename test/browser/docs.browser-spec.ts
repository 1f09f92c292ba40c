import { describe, expect, it } from '@jest/globals';
import { browserSuite } from './support/browser-suite.js';

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
});
