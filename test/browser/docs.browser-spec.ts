import { expect, it } from '@jest/globals';
import { browserSuite } from './support/browser-suite.js';

const { latchkey, visit } = browserSuite();

it('/docs shows what the API has, also to be tried, under its own policy', async () => {
  const { page, complaints } = await visit();
  await page.goto(`${latchkey.url}/docs`);
  await page.getByText('/auth/session', { exact: true }).click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.getByText('"pendingLink": null').first().waitFor();
  expect(complaints).toEqual([]);
});
