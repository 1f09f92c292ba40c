import { describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { languages } from '../../src/pages/text/words.js';
import { freePort } from '../support/free-port.mjs';
import { begin } from '../support/handover.js';
import { takeStore } from '../support/take-store.js';
import { findingsOn } from './support/axe.js';
import { browserSuite } from './support/browser-suite.js';
import { consent, providerButton, signIn, stepUp } from './support/visit.js';

/* Every page that the service writes, as axe sees it. */

// Each test looks at up to twenty pages, five times each.
jest.setTimeout(180_000);

const SANDBOX_PORT = String(await freePort());
const ID = '0199c7d2-aaaa-7bbb-8ccc-ddddeeeeffff';
const TARGET = 'https://app.other.example/cb';
const ADDRESS = 'ada@gmail.com';
const ADA = { type: { Name: 'Ada', Email: ADDRESS } };
const FIRST = { type: { Name: 'First', Email: ADDRESS, 'Account id': '4711' } };
const HANDOVER = `/auth/google?${new URLSearchParams({ ...begin(TARGET).fields }).toString()}`;

const brand = {
  APP_NAME: 'Acme',
  APP_URL: 'https://acme.test/',
  APP_LOGO_URL: 'https://cdn.acme.test/logo.png',
  APP_LOGO_DARK_URL: 'https://cdn.acme.test/dark.png',
  PRIVACY_URL: 'https://acme.test/privacy',
  TERMS_URL: 'https://acme.test/terms',
  SUPPORT_URL: 'https://acme.test/help',
};

/** A page: its path, and what shows that it is the one that is meant. */
type Place = [path: string, sign: string];

async function findings(page: Page, sign: string): Promise<string[]> {
  await page.locator(sign).first().waitFor();
  return findingsOn(page);
}

async function findingsAt(page: Page, url: string, places: Place[]): Promise<string[]> {
  const found: string[] = [];
  for (const [path, sign] of places) {
    await page.goto(url + path);
    found.push(...(await findings(page, sign)));
  }
  return found;
}

const visitorPlaces: Place[] = [
  ['/', '.provider'],
  ['/?error=access_denied&provider=google', '[role=alert] strong'],
  [`/?error=provider_error&provider=google&requestId=${ID}`, '.warn .actions'],
  [`/?error=internal_error&requestId=${ID}`, '.warn .id'],
  ['/?error=identity_in_use&provider=twitter&purpose=link', '[role=alert]'],
  ['/?error=account_exists&provider=twitter', '.lost'],
  ['/?error=account_exists&provider=google&signInWith=google', '.provider.primary'],
  ['/?error=account_exists&provider=google&signInWith=twitter', '.provider.primary'],
  ['/?done=deleted', '.seal.good'],
  ['/?done=ended-everywhere', '.seal.good'],
  ['/nowhere', '.seal'],
];

describe('pages', () => {
  const { latchkey, openProfile } = browserSuite({ HANDOVER_TARGETS: TARGET });
  const open = async () => (await openProfile()).newPage();

  it('of a visitor', async () => {
    const page = await open();
    const found = await findingsAt(page, latchkey.url, visitorPlaces);
    await page.goto(`${latchkey.url}/?error=account_exists&provider=google&signInWith=twitter`);
    for (const summary of await page.locator('summary').all()) await summary.click();
    found.push(...(await findings(page, '[open] .provider')));
    expect(found).toEqual([]);
  });

  it('of somebody whose address has an account, and who signs out', async () => {
    const [elsewhere, page] = [await open(), await open()];
    await signIn(elsewhere, latchkey.url, 'twitter', FIRST);
    await signIn(page, latchkey.url, 'google', ADA);
    const found = await findings(page, '.separate');
    await providerButton(page, 'twitter').click();
    await consent(page, FIRST);
    found.push(...(await findings(page, '.joined')));
    await page.locator('button[value=no]').click();
    await page.locator('form[action$="/logout"] button').click();
    found.push(...(await findings(page, '.seal.good')));
    await page.goto(latchkey.url);
    found.push(...(await findings(page, '.last')));
    expect(found).toEqual([]);
  });

  it('of somebody who is signed in', async () => {
    const [elsewhere, page] = [await open(), await open()];
    await signIn(elsewhere, latchkey.url, 'google');
    await signIn(page, latchkey.url, 'google');
    const found = await findingsAt(page, latchkey.url, [['/account/delete', '.primary']]);
    await page.goto(`${latchkey.url}/account`);
    await page.locator('form[action*="/twitter/link"] button').click();
    await consent(page, { choose: 'Grace Hopper' });
    found.push(...(await findings(page, '.news')));
    await stepUp(page, latchkey.url);
    const revoke = await page.locator('a[href$="/revoke"]').getAttribute('href');
    found.push(
      ...(await findingsAt(page, latchkey.url, [
        ['/', '.primary'],
        ['/?error=identity_in_use&provider=facebook&purpose=link', '.strip'],
        ['/?error=session_changed&provider=google', '[role=alert]'],
        ['/account', '.news'],
        ['/account/activity', '.log'],
        ['/account/delete', '.danger'],
        ['/account/disconnect/twitter', '.danger'],
        ['/account/disconnect/facebook', '.stack'],
        ['/account/connect/facebook', 'form.actions'],
        ['/account/export', 'form.actions'],
        [String(revoke), 'form.actions'],
        ['/account/sessions/revoke-others', 'form.actions'],
        ['/account/sign-out-everywhere', 'form.actions'],
        ['/nowhere', '.seal'],
      ])),
    );
    await page.goto(latchkey.url + HANDOVER);
    await consent(page);
    found.push(...(await findings(page, 'form[action$="/handover/confirm"]')));
    expect(found).toEqual([]);
  });
});

describe.each(['#ffd400', '#0a2540'])('pages with a brand in %s', (APP_ACCENT) => {
  const { latchkey, openProfile } = browserSuite({ ...brand, APP_ACCENT });

  it('wear it', async () => {
    const page = await (await openProfile()).newPage();
    const found = await findingsAt(page, latchkey.url, [
      ['/', '.foot'],
      ['/?error=account_exists&provider=google&signInWith=twitter', '.provider.primary'],
      ['/?done=deleted', '.primary'],
    ]);
    await signIn(page, latchkey.url, 'google');
    found.push(...(await findings(page, '.topbar .brand')));
    expect(found).toEqual([]);
  });
});

describe('a page in another language', () => {
  const { latchkey, openProfile } = browserSuite();

  it.each(languages.map(({ language }) => language))('says that it is in %s', async (language) => {
    const page = await (await openProfile({ locale: language })).newPage();
    expect(await findingsAt(page, latchkey.url, [['/', `html[lang="${language}"]`]])).toEqual([]);
  });
});

describe('pages beside the sandbox', () => {
  const { latchkey, openProfile } = browserSuite({
    SANDBOX: 'on',
    SANDBOX_PORT,
    TWITTER_CLIENT_ID: '',
    TWITTER_CLIENT_SECRET: '',
  });

  it('say so', async () => {
    const page = await (await openProfile()).newPage();
    const exists = '/?error=account_exists&provider=twitter&signInWith=google';
    const places: Place[] = [
      ['/', '.strip.warn'],
      [exists, '.strip.warn'],
    ];
    expect(await findingsAt(page, latchkey.url, places)).toEqual([]);
  });
});

describe('a service that refuses', () => {
  const { latchkey, openProfile } = browserSuite({ RATE_LIMIT_PER_MINUTE: '1' });

  it('says how long to wait', async () => {
    const page = await (await openProfile()).newPage();
    await page.goto(latchkey.url);
    expect(await findingsAt(page, latchkey.url, [['/', '.wait']])).toEqual([]);
  });
});

describe('a service with PAGES=off', () => {
  const { latchkey, openProfile } = browserSuite({ PAGES: 'off' });

  it('has plain error pages', async () => {
    const page = await (await openProfile()).newPage();
    const found = await findingsAt(page, latchkey.url, [['/nowhere', '.seal']]);
    const bringBack = await takeStore(latchkey);
    found.push(...(await findingsAt(page, latchkey.url, [['/auth/google', '.id']])));
    await bringBack();
    expect(found).toEqual([]);
  });
});
