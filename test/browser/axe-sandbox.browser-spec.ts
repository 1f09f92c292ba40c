import { expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { findingsOn } from './support/axe.js';
import { browserSuite } from './support/browser-suite.js';

/* The sandbox's pages, as axe sees them. */

/** Words on gradients, which axe does not measure: on stripes, 10:1 on either; and on the arrow of a choice, which is beside them. */
const GRADIENTS = ['.banner', 'select'];

const { latchkey, openProfile } = browserSuite();

it('its home, and what it says where there is nothing', async () => {
  const page = await (await openProfile()).newPage();
  await page.goto(latchkey.sandbox.url);
  const found = await findingsOn(page, GRADIENTS);
  await page.goto(`${latchkey.sandbox.url}/nowhere`);
  found.push(...(await findingsOn(page, GRADIENTS)));
  expect(found).toEqual([]);
});

it.each(providerIds)(
  'the consent page of %s, what is wrong with an answer, and its end',
  async (provider) => {
    const page = await (await openProfile()).newPage();
    await page.goto(`${latchkey.url}/auth/${provider}`);
    const found = await findingsOn(page, GRADIENTS);
    await page.getByRole('radio', { name: 'Someone else' }).check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('alert').waitFor();
    found.push(...(await findingsOn(page, GRADIENTS)));
    await page.evaluate('document.querySelector("[name=request]").value = "spent"');
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('Go back to the app').waitFor();
    found.push(...(await findingsOn(page, GRADIENTS)));
    expect(found).toEqual([]);
  },
);
