import { expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { findingsOn } from './support/axe.js';
import { browserSuite } from './support/browser-suite.js';

/* The sandbox's pages, as axe sees them. */

/** Words on stripes, which axe does not measure: they have 10:1 on either yellow. */
const STRIPES = ['.banner'];

const { latchkey, openProfile } = browserSuite();

it('its home, and what it says where there is nothing', async () => {
  const page = await (await openProfile()).newPage();
  await page.goto(latchkey.sandbox.url);
  const found = await findingsOn(page, STRIPES);
  await page.goto(`${latchkey.sandbox.url}/nowhere`);
  found.push(...(await findingsOn(page, STRIPES)));
  expect(found).toEqual([]);
});

it.each(providerIds)(
  'the consent page of %s, what is wrong with an answer, and its end',
  async (provider) => {
    const page = await (await openProfile()).newPage();
    await page.goto(`${latchkey.url}/auth/${provider}`);
    const found = await findingsOn(page, STRIPES);
    await page.getByRole('radio', { name: 'Someone else' }).check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('alert').waitFor();
    found.push(...(await findingsOn(page, STRIPES)));
    await page.evaluate('document.querySelector("[name=request]").value = "spent"');
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('Go back to the app').waitFor();
    found.push(...(await findingsOn(page, STRIPES)));
    expect(found).toEqual([]);
  },
);
