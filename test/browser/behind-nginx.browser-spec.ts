import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { providerIds } from '../../src/common/provider-id.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import type { TlsProxy } from '../support/nginx.js';
import { launchChromium } from './support/chromium.js';
import { startNginx } from './support/nginx.js';
import { placeOf, signIn, whoIs } from './support/visit.js';
import { namesOf } from '../support/cookies.js';

let chromium: Browser;
let latchkey: Latchkey;
let nginx: TlsProxy;
let context: BrowserContext;
let page: Page;

/** A person whom no other account's address meets. */
const somebody = { choose: 'Grace Hopper' };

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

describe.each([[''], ['/id']])('behind a proxy that ends TLS, under “%s”', (prefix) => {
  let publicUrl: string;

  beforeAll(async () => {
    const [port, upstream] = [await freePort(), await freePort()];
    publicUrl = `https://localhost:${port}${prefix}`;
    latchkey = await startLatchkey({ PUBLIC_URL: publicUrl, PORT: String(upstream) });
    nginx = await startNginx(port, upstream);
    context = await chromium.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
  });

  afterAll(async () => {
    await context.close();
    await nginx.close();
    await latchkey.close();
  });

  afterEach(() => context.clearCookies());

  it.each(providerIds)('signs in with %s, and keeps the session in a Secure cookie', async (id) => {
    await signIn(page, `${publicUrl}/`, id, somebody);
    expect(placeOf(page)).toBe(`${prefix}/account`);
    expect(await whoIs(page)).toBe('Grace Hopper');

    const { session } = namesOf(latchkey);
    expect(session).toMatch(/^__Host-/);
    const cookie = (await context.cookies()).find(({ name }) => name === session);
    expect(cookie).toMatchObject({
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      domain: 'localhost',
    });

    await page.getByRole('button', { name: 'Sign out of this browser' }).click();
    await page.waitForURL(`${publicUrl}/`);
    await page.goto(`${publicUrl}/account`);
    expect(placeOf(page)).toBe(`${prefix}/?returnTo=${encodeURIComponent(`${prefix}/account`)}`);
  });
});
