import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { accentFor } from '../../src/pages/accent.js';
import { letTimePass, signedIn, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf, linkIn, readOn } from '../support/page.js';

const CDN = 'https://cdn.acme.test';
const brand = {
  APP_NAME: 'Acme & Söhne',
  APP_URL: 'https://acme.test/home?from=id',
  APP_LOGO_URL: `${CDN}/logo.svg`,
  APP_LOGO_DARK_URL: 'https://dark.acme.test/logo.svg',
  APP_ACCENT: '#e8461e',
  PRIVACY_URL: 'https://acme.test/privacy',
  TERMS_URL: 'https://acme.test/terms',
  SUPPORT_URL: 'mailto:help@acme.test',
};
const NAME = 'Acme &amp; Söhne';

let latchkey: Latchkey;
const somePaths = ['/', '/?error=access_denied&provider=google', '/nowhere', '/?done=deleted'];
const policyOf = ({ headers }: Response) => String(headers['content-security-policy']);
const titleOf = ({ text }: Response) => /<title>(.*?)<\/title>/.exec(text)?.[1];
const iconOf = ({ text }: Response) =>
  decodeURIComponent(/<link rel="icon" href="data:image\/svg\+xml,(.*?)">/.exec(text)?.[1] ?? '');

/** Pages of somebody who is signed in, one of them a step-up. */
async function pagesOfSomebody(): Promise<Response[]> {
  const browser = await signedIn(latchkey, 'google', somebody());
  const paths = ['/', '/account', '/account/activity', '/account/sign-out-everywhere', '/nowhere'];
  const pages: Response[] = [];
  for (const path of paths) pages.push(await browser.get(path));
  await letTimePass(latchkey);
  pages.push(await browser.get('/account/delete'));
  return pages;
}

async function everyPage(): Promise<Response[]> {
  const visitor = new Browser(latchkey);
  const pages: Response[] = [];
  for (const path of somePaths) pages.push(await visitor.get(path));
  return [...pages, ...(await pagesOfSomebody())];
}

describe('pages with a brand', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ ...brand, DOCS: 'on' });
  });

  afterAll(() => latchkey.close());

  it('wear it, every one, and never say Latchkey', async () => {
    for (const page of await everyPage()) {
      expect(titleOf(page)).toMatch(new RegExp(` · ${NAME}$`));
      expect(page.text).not.toMatch(/latchkey/i);
      expect(page.text).toContain(`<img src="${CDN}/logo.svg" alt=""`);
      expect(page.text).toContain('srcset="https://dark.acme.test/logo.svg"');
      expect(linkIn(page, NAME)).toBe(brand.APP_URL);
      expect(linkIn(page, 'Privacy')).toBe(brand.PRIVACY_URL);
      expect(linkIn(page, 'Terms')).toBe(brand.TERMS_URL);
      expect(linkIn(page, 'Help')).toBe(brand.SUPPORT_URL);
      expect(iconOf(page)).toContain('>A</text>');
      expect(iconOf(page)).toContain(`fill="${accentFor('#e8461e', 'light').accent}"`);
    }
  });

  it('name it in what they say', async () => {
    const [signIn, ...others] = await everyPage();
    expect(signIn && headingOf(signIn)).toBe(`Sign in to ${NAME}`);
    const account = others.find(({ text }) => text.includes('id="danger"'));
    expect(account && readOn(account)).toContain(`Delete your ${NAME} account`);
    expect(account && linkIn(account, `Back to ${NAME}`)).toBe(brand.APP_URL);
    const stepUp = others.at(-1);
    expect(stepUp && readOn(stepUp)).toContain(`Deleting your ${NAME} account needs you`);
  });

  it('have its colour, corrected, for light and for dark', async () => {
    const { text } = await new Browser(latchkey).get('/');
    for (const scheme of ['light', 'dark'] as const) {
      const { accent, onAccent, text: words, edge, tint } = accentFor('#e8461e', scheme);
      expect(text).toContain(
        `--accent: ${accent}; --on-accent: ${onAccent}; --accent-text: ${words}; --accent-edge: ${edge}; --accent-tint: ${tint};`,
      );
    }
  });

  it('load its logos, and pictures of people on the account page alone', async () => {
    const pages = await everyPage();
    for (const page of pages) {
      const sources = /img-src ([^;]*);/.exec(policyOf(page))?.[1];
      expect(sources).toBe(
        page.text.includes('id="danger"')
          ? `${latchkey.sandbox.url} https: data:`
          : `${CDN} https://dark.acme.test data:`,
      );
    }
  });

  it('give their name to the page at /docs', async () => {
    const visitor = new Browser(latchkey);
    expect(titleOf(await visitor.get('/docs'))).toBe(`${NAME} API`);
    expect((await visitor.get('/openapi.json')).body).toMatchObject({
      info: { title: brand.APP_NAME },
    });
  });
});

describe('pages without a brand', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  afterAll(() => latchkey.close());

  it('have the host where the name would be, a keyhole, and no link that leads nowhere', async () => {
    const { host } = new URL(latchkey.url);
    for (const page of await everyPage()) {
      expect(titleOf(page)).toMatch(new RegExp(` · ${host}$`));
      expect(page.text).not.toMatch(/latchkey/i);
      expect(page.text).not.toMatch(/class="foot"|Back to (?!your account)|class="brand" href/);
      expect(iconOf(page)).toContain('<path fill="#ffffff"');
      expect(policyOf(page)).not.toMatch(/img-src [^;]*https:(?!;| data)/);
    }
    const [signIn, ...others] = await everyPage();
    expect(signIn && headingOf(signIn)).toBe(`Sign in to ${host}`);
    const account = others.find(({ text }) => text.includes('id="danger"'));
    expect(account && readOn(account)).toContain('Delete your account');
  });

  it('load nothing, except pictures of people on the account page', async () => {
    const page = await new Browser(latchkey).get('/');
    expect(policyOf(page)).toContain('img-src data:;');
  });
});

const marked = ({ text }: Response) =>
  [...text.matchAll(/<a class="button provider was-last"[^>]*>(.*?)<\/a>/gs)].map(
    ([, words = '']) => /Continue with (\w+)<.*Last used/s.exec(words)?.[1],
  );

describe('the last sign-in of a browser', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  afterAll(() => latchkey.close());

  it('is marked on the sign-in page once it is over, and told once', async () => {
    const browser = new Browser(latchkey);
    expect(marked(await browser.get('/'))).toEqual([]);
    await browser.signIn('twitter', somebody());
    expect(marked(await browser.get('/'))).toEqual([]);
    const left = await browser.submit('/auth/logout');
    expect([left.status, locationOf(left)]).toEqual([303, '/']);
    const farewell = await browser.get('/');
    expect(headingOf(farewell)).toBe('You are signed out');
    expect(readOn(farewell)).toContain('On a shared computer, sign out of X too.');
    expect(linkIn(farewell, 'Sign in again')).toBe('/');
    expect(marked(await browser.get('/'))).toEqual(['X']);
  });

  it('is the cookie of a name and nothing else', async () => {
    const browser = new Browser(latchkey);
    await browser.signIn('twitter', somebody());
    expect((await browser.cookies())[namesOf(latchkey).lastSignIn]).toBe('twitter');
  });

  it.each(['google.out.out', '<b>', 'constructor', ''])('is not what %j says', async (value) => {
    const browser = new Browser(latchkey);
    const { lastSignIn } = namesOf(latchkey);
    await browser.jar.setCookie(`${lastSignIn}=${encodeURIComponent(value)}`, latchkey.url);
    const page = await browser.get('/');
    expect(marked(page)).toEqual([]);
    expect(page.text).not.toMatch(/<b>|constructor/);
  });

  it('is forgotten with the account', async () => {
    const browser = await signedIn(latchkey, 'google', somebody());
    await browser.submit('/account/delete');
    expect(await browser.lastingCookies()).toEqual({});
  });

  it('is not told where the way leads elsewhere', async () => {
    const browser = await signedIn(latchkey, 'google', somebody());
    await browser.submit('/auth/logout?returnTo=%2Fbye');
    expect(headingOf(await browser.get('/'))).toMatch(/^Sign in to/);
  });
});
