import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { browserSuite } from './support/browser-suite.js';
import { complaintsIn } from './support/chromium.js';
import { consent, placeOf, providerButton, signIn, stepUp, tabTo, whoIs } from './support/visit.js';

const { latchkey, openProfile, visit } = browserSuite();
let page: Page;
let complaints: string[];

beforeEach(async () => {
  ({ page, complaints } = await visit());
  await signIn(page, latchkey.url, 'google');
});

/** How wide what a page holds is; on a page that does not scroll sideways, as wide as the window. */
function widthOf(of: Page): Promise<number> {
  return of.evaluate<number>('document.documentElement.scrollWidth');
}

/** What the sign-in page is called. */
const signInHeading = () => `Sign in to ${new URL(latchkey.url).host}`;

/** The names of the providers that the account page shows as connected. */
async function connected(of: Page): Promise<string[]> {
  const list = of.getByRole('region', { name: 'Ways to sign in' }).getByRole('listitem');
  const names = await list
    .filter({ hasNotText: 'Not connected' })
    .locator('.title')
    .allInnerTexts();
  return names.toSorted();
}

it('connects a provider, and disconnects it', async () => {
  await page.getByRole('button', { name: 'Connect X', exact: true }).click();
  // A form whose answer leads to another site: the policy of the page has to allow it.
  await consent(page, { choose: 'Grace Hopper' });
  expect(await whoIs(page)).toBe('Ada Lovelace');
  // Said once: by the notice of what is new.
  await page.getByRole('region', { name: 'X was connected to your account' }).waitFor();
  expect([await page.title(), await page.getByRole('status').count()]).toEqual([
    expect.stringMatching(/^X is connected – /),
    0,
  ]);
  await page.getByRole('main').getByText('@grace_hopper').waitFor();

  await stepUp(page, latchkey.url);
  await page.getByRole('link', { name: 'Disconnect X', exact: true }).click();
  await page.getByRole('button', { name: 'Disconnect X' }).click();
  await page.waitForURL('**/account?*');
  expect(await page.getByRole('status').innerText()).toBe('X is disconnected.');
  expect(await page.getByText('@grace_hopper').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('changes its mind about deleting the account, then deletes it', async () => {
  await stepUp(page, latchkey.url);
  const leave = page.getByRole('link', { name: 'Delete account', exact: true });
  await leave.click();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  await page.getByRole('link', { name: 'Cancel' }).click();
  expect(await whoIs(page)).toBe('Ada Lovelace');

  await leave.click();
  await page.getByRole('button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/account'));
  expect(await whoIs(page)).toBe('Your account is deleted');
  await page.goto(`${latchkey.url}/account`);
  expect(placeOf(page)).toBe('/?returnTo=%2Faccount');
  expect(complaints).toEqual([]);
});

it('shows another browser, and signs it out', async () => {
  const elsewhere = await openProfile();
  const other = await elsewhere.newPage();
  await signIn(other, latchkey.url, 'google');

  await page.reload();
  await page.getByRole('link', { name: 'Sign out of all other browsers' }).click();
  expect(await whoIs(page)).toBe('Sign out of all other browsers?');
  await page.getByRole('button', { name: 'Sign out of all other browsers' }).click();
  await page.waitForURL('**/account?*');
  await other.reload();
  expect([await whoIs(page), await whoIs(other)]).toEqual(['Ada Lovelace', signInHeading()]);
});

it('is told on a page when there is nothing at an address', async () => {
  const answer = await page.goto(`${latchkey.url}/nowhere`);
  expect(answer?.status()).toBe(404);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('There is no page here');
  await page.getByRole('link', { name: 'Go to your account' }).click();
  expect(await whoIs(page)).toBe('Ada Lovelace');
});

it.each([
  ['Chromium', 1],
  ['one of two others', 2],
])('signs out %s alone, after asking', async (_name, others) => {
  const profiles = await Promise.all(Array.from({ length: others }, () => openProfile()));
  const pages: Page[] = [];
  for (const profile of profiles) {
    const other = await profile.newPage();
    await signIn(other, latchkey.url, 'google');
    pages.push(other);
  }
  await page.reload();
  const links = page.getByRole('link', { name: /^Sign out of .+, signed in with Google .+ UTC$/ });
  expect(await links.count()).toBe(others);

  await links.first().click();
  expect(await whoIs(page)).toMatch(/^Sign out of .*Chrom.*\?$/);
  await page.getByRole('link', { name: 'Cancel' }).click();
  expect([placeOf(page), await links.count()]).toEqual(['/account', others]);

  await links.first().click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/account?*');
  expect(await links.count()).toBe(others - 1);
  expect(await page.getByText('This browser').count()).toBe(1);
  // The list begins with the one that was seen last, so that one went.
  const left = await Promise.all(
    pages.map(async (other) => {
      await other.reload();
      return whoIs(other);
    }),
  );
  expect(left.toSorted()).toEqual(['Ada Lovelace', signInHeading()].slice(2 - others));
  expect(complaints).toEqual([]);
});

it('signs out everywhere, in this browser and the other', async () => {
  const elsewhere = await openProfile();
  const other = await elsewhere.newPage();
  await signIn(other, latchkey.url, 'google');

  const leave = page.getByRole('link', { name: 'Sign out everywhere' });
  await leave.click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  expect(await whoIs(page)).toBe('Ada Lovelace');
  await leave.click();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  expect(await whoIs(page)).toBe('You are signed out everywhere');
  for (const each of [page, other]) {
    await each.goto(`${latchkey.url}/account`);
    expect(placeOf(each)).toBe('/?returnTo=%2Faccount');
  }
  expect(complaints).toEqual([]);

  await providerButton(page, 'google').click();
  await consent(page);
  expect([placeOf(page), await whoIs(page)]).toEqual(['/account', 'Ada Lovelace']);
  expect(await page.getByRole('listitem').filter({ hasText: 'This browser' }).count()).toBe(1);
});

it('asks for a new sign-in before deleting, and comes back to the question', async () => {
  await page.getByRole('link', { name: 'Delete account' }).click();
  expect(await whoIs(page)).toBe('Confirm that it is you');
  await page.getByRole('link', { name: 'Continue with Google' }).click();
  await consent(page);
  expect([placeOf(page), await whoIs(page)]).toEqual(['/account/delete', 'Delete your account?']);
  await page.getByRole('link', { name: 'Cancel' }).click();
  expect(await whoIs(page)).toBe('Ada Lovelace');
});

describe.each([320, 1000])('a provider that waits to be connected, %d pixels wide', (width) => {
  let newcomer: BrowserContext;
  let tab: Page;

  beforeEach(async () => {
    newcomer = await openProfile({ viewport: { width, height: 700 } });
    complaints = complaintsIn(newcomer);
    tab = await newcomer.newPage();
  });

  /** Her account at X has the address that Google has told of before; so she goes on with Google. */
  async function expectQuestion(): Promise<void> {
    await signIn(tab, latchkey.url, 'twitter', { choose: 'Ada King' });
    expect(placeOf(tab)).toMatch(/^\/\?error=account_exists&/);
    expect(await tab.locator('main').innerText()).toContain('Sign in to it with Google.');
    expect(await widthOf(tab)).toBe(width);
    await providerButton(tab, 'google').click();
    await consent(tab);
    expect([placeOf(tab), await whoIs(tab)]).toEqual(['/account', 'Connect X to your account?']);
    expect(await widthOf(tab)).toBe(width);
  }

  it('is connected by a click, and signs in from then on', async () => {
    await expectQuestion();
    await tab.getByRole('button', { name: 'Connect X', exact: true }).click();
    await tab.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
    await tab.getByRole('region', { name: 'X was connected to your account' }).waitFor();
    expect(await connected(tab)).toEqual(['Google', 'X']);
    expect(await widthOf(tab)).toBe(width);
    await tab.getByRole('button', { name: 'Sign out of this browser' }).click();
    await tab.waitForURL((url) => url.pathname === '/');
    await signIn(tab, latchkey.url, 'twitter', { choose: 'Ada King' });
    expect([placeOf(tab), await connected(tab)]).toEqual(['/account', ['Google', 'X']]);
    expect(complaints).toEqual([]);
  });

  it('is declined by a click, and not asked about again', async () => {
    await expectQuestion();
    await tab.getByRole('button', { name: 'Not now' }).click();
    await tab.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
    expect([placeOf(tab), await connected(tab)]).toEqual(['/account', ['Google']]);
    await tab.reload();
    expect([await whoIs(tab), await connected(tab)]).toEqual(['Ada Lovelace', ['Google']]);
    expect(complaints).toEqual([]);
  });
});

it('asks all its questions in 320 pixels, with buttons that a finger can hit', async () => {
  await page.setViewportSize({ width: 320, height: 700 });
  const elsewhere = await openProfile();
  await signIn(await elsewhere.newPage(), latchkey.url, 'google');
  await page.getByRole('button', { name: 'Connect X', exact: true }).click();
  await consent(page, { choose: 'Grace Hopper' });
  await stepUp(page, latchkey.url);
  for (const name of [
    'Disconnect X',
    /^Sign out of .+ with Google .+ UTC$/,
    'Sign out of all other browsers',
    'Sign out everywhere',
    'Delete account',
  ]) {
    const link = page.getByRole('link', { name });
    expect([String(name), await widthOf(page), await link.count()]).toEqual([String(name), 320, 1]);
    await link.click();
    expect(await whoIs(page)).toMatch(/\?$/);
    expect([String(name), await widthOf(page)]).toEqual([String(name), 320]);
    const targets = await page.locator('main .actions > *').all();
    expect([String(name), targets.length]).toEqual([String(name), 2]);
    for (const target of targets) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    }
    await page.getByRole('link', { name: 'Cancel' }).click();
    expect(await whoIs(page)).toBe('Ada Lovelace');
  }
  expect(complaints).toEqual([]);
});

it('deletes the account by the keyboard alone', async () => {
  await stepUp(page, latchkey.url);
  await tabTo(page, 'Delete account');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account/delete');
  await tabTo(page, 'Cancel');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account');
  await tabTo(page, 'Delete account');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account/delete');
  await tabTo(page, 'Delete account');
  const outline = 'getComputedStyle(document.activeElement).outlineStyle';
  expect(await page.evaluate(outline)).not.toBe('none');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  expect(await latchkey.database.selectFrom('users').selectAll().execute()).toEqual([]);
  expect(complaints).toEqual([]);
});

describe('two clicks instead of one', () => {
  it('sign another browser out', async () => {
    const elsewhere = await openProfile();
    await signIn(await elsewhere.newPage(), latchkey.url, 'google');
    await page.reload();
    await page.getByRole('link', { name: /^Sign out of .+ UTC$/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).dblclick();
    await page.getByRole('status').getByText('That browser is signed out.').waitFor();
    expect(await whoIs(page)).toBe('Ada Lovelace');
  });

  it('connect what was refused before', async () => {
    const newcomer = await openProfile();
    const tab = await newcomer.newPage();
    await signIn(tab, latchkey.url, 'twitter', { choose: 'Ada King' });
    await providerButton(tab, 'google').click();
    await consent(tab);
    await tab.getByRole('button', { name: 'Connect X', exact: true }).dblclick();
    await tab.getByRole('region', { name: 'X was connected to your account' }).waitFor();
    expect(await connected(tab)).toEqual(['Google', 'X']);
  });

  it.each(['Delete account', 'Sign out everywhere'])(
    '%s, and do not ask it again of the account after it',
    async (name) => {
      await stepUp(page, latchkey.url);
      await page.getByRole('link', { name }).click();
      await page.getByRole('button', { name }).dblclick();
      // Not waitForURL: it gives up at the first click's navigation, which the second one ends.
      await page.waitForFunction("location.pathname === '/'");
      await page.goto(latchkey.url);
      await providerButton(page, 'google').click();
      await consent(page);
      expect([placeOf(page), await whoIs(page)]).toEqual(['/account', 'Ada Lovelace']);
    },
  );
});

it('leads back to the account when a provider is denied, and to no sign-in', async () => {
  await page.goto(`${latchkey.url}/?error=access_denied&provider=twitter&purpose=link`);
  expect(await whoIs(page)).toBe('X was not connected');
  expect(await providerButton(page, 'twitter').count()).toBe(0);
  await page.getByRole('link', { name: 'Back to your account' }).click();
  expect([placeOf(page), await whoIs(page)]).toEqual(['/account', 'Ada Lovelace']);
});

it('shows a whole name in 320 pixels to somebody who needs letters twice as large', async () => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.evaluate("document.documentElement.style.fontSize = '32px'");
  const heading = page.getByRole('heading', { level: 1 });
  // By more than the letters of some fonts stand out of their line.
  const isCut =
    '(() => { const h = document.querySelector("h1"); return h.scrollHeight > h.clientHeight + 12; })()';
  expect([await widthOf(page), await page.evaluate<boolean>(isCut)]).toEqual([320, false]);
  // The longest word of the name fits into a line.
  const lines = Math.round(((await heading.boundingBox())?.height ?? 0) / (32 * 1.5 * 1.25));
  expect(lines).toBeLessThanOrEqual(2);
  const mark = await page.locator('.frame svg').first().boundingBox();
  expect(mark?.width).toBe(36);
});
