import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { complaintsIn, launchChromium, newProfile } from './support/chromium.js';
import { consent, placeOf, signIn, whoIs } from './support/visit.js';

let latchkey: Latchkey;
let chromium: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [latchkey, chromium] = await Promise.all([startLatchkey(), launchChromium()]);
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
  context = await newProfile(chromium);
  complaints = complaintsIn(context);
  page = await context.newPage();
  await signIn(page, latchkey.url, 'google');
});

afterEach(() => context.close());

afterAll(async () => {
  await chromium.close();
  await latchkey.close();
});

it('connects a provider, and disconnects it', async () => {
  await page.getByRole('button', { name: 'Connect X', exact: true }).click();
  // A form whose answer leads to another site: the policy of the page has to allow it.
  await consent(page, { choose: 'Grace Hopper' });
  expect([placeOf(page), await whoIs(page)]).toEqual(['/account', 'Ada Lovelace']);
  await page.getByText('@grace_hopper').waitFor();

  await page.getByRole('link', { name: 'Disconnect X', exact: true }).click();
  await page.getByRole('button').first().click();
  await page.waitForURL('**/account');
  expect(await page.getByText('@grace_hopper').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('changes its mind about deleting the account, then deletes it', async () => {
  const leave = page.getByRole('link', { name: 'Delete account', exact: true });
  await leave.click();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  await page.locator('main').getByRole('link').click();
  expect(await whoIs(page)).toBe('Ada Lovelace');

  await leave.click();
  await page.getByRole('button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/account'));
  await page.goto(`${latchkey.url}/account`);
  expect(placeOf(page)).toBe('/?returnTo=%2Faccount');
  expect(complaints).toEqual([]);
});

it('shows another browser, and signs it out', async () => {
  const elsewhere = await newProfile(chromium);
  const other = await elsewhere.newPage();
  await signIn(other, latchkey.url, 'google');

  await page.reload();
  await page.getByRole('button', { name: 'Sign out of all others' }).click();
  await page.waitForURL('**/account');
  await other.reload();
  expect([await whoIs(page), await whoIs(other)]).toEqual(['Ada Lovelace', 'Sign in']);
  await elsewhere.close();
});

it('is told on a page when there is nothing at an address', async () => {
  const answer = await page.goto(`${latchkey.url}/nowhere`);
  expect(answer?.status()).toBe(404);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Not Found');
  await page.getByRole('link', { name: 'Go to the sign-in page' }).click();
  expect(await whoIs(page)).toBe('Sign in');
});
