import { createServer } from 'node:http';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { freePort } from '../support/free-port.mjs';
import { APP, begin, type Begun, exchange, SITE, TARGET } from '../support/handover.js';
import { browserSuite } from './support/browser-suite.js';

const port = await freePort();
const PROGRAM = `http://127.0.0.1:${port}/cb`;
const { latchkey, visit } = browserSuite({
  HANDOVER_TARGETS: `${TARGET},${APP},http://127.0.0.1:*/cb`,
  PAGES: 'off',
});

const link = ({ fields }: Begun) =>
  `${latchkey.url}/auth/google?${new URLSearchParams(fields).toString()}`;

// With the usual policy a form of an https page that leads to http, as this service here, has no origin.
const form = ({ fields }: Begun) => `<!doctype html><link rel="icon" href="data:,">
  <meta name="referrer" content="origin">
  <form method="post" action="${latchkey.url}/auth/google">
  ${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join('')}<button>Sign in</button></form>`;

/** The site of the target: its pages, in the browser alone. */
async function openSite(page: Page, begun: Begun): Promise<void> {
  await page.route(`${SITE}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: route.request().url().startsWith(TARGET)
        ? '<!doctype html><link rel="icon" href="data:,">Back'
        : form(begun),
    }),
  );
  await page.goto(`${SITE}/`);
}

async function allow(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Ada Lovelace' }).check();
  await page.getByRole('button', { name: 'Allow' }).click();
}

const codeAt = (page: Page) => new URL(page.url()).searchParams.get('code') ?? '';

it('a site’s own form leads there and back without a question, and its script asks by the token', async () => {
  const begun = begin();
  const { page, context, complaints } = await visit();
  // The site is on the internet, the service here on this machine: Chromium asks the person about that.
  await context.grantPermissions(['local-network-access'], { origin: SITE });
  await openSite(page, begun);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await allow(page);
  await page.waitForURL(`${TARGET}?**`);
  const body = { code: codeAt(page), codeVerifier: begun.verifier, target: TARGET };
  const asked = await page.evaluate<{ status: number; name: string }>(`(async () => {
    const exchanged = await fetch('${latchkey.url}/auth/session/exchange', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify(body))},
    });
    const { sessionToken } = await exchanged.json();
    const me = await fetch('${latchkey.url}/users/me', {
      headers: { Authorization: 'Bearer ' + sessionToken },
    });
    return { status: me.status, name: (await me.json()).displayName };
  })()`);
  expect(asked).toEqual({ status: 200, name: 'Ada Lovelace' });
  const cookies = await context.cookies(latchkey.url);
  expect(cookies.filter(({ name }) => !name.includes('-attempt-'))).toEqual([]);
  expect(complaints).toEqual([]);
});

it('a program gets its code once the person has said so', async () => {
  const begun = begin(PROGRAM);
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,">Back');
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const { page, complaints } = await visit();
  await page.goto(link(begun));
  await allow(page);
  await page.getByRole('heading', { name: `Sign in to 127.0.0.1:${port}?` }).waitFor();
  expect(await page.getByRole('main').innerText()).toContain('Ada Lovelace');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${PROGRAM}?**`);
  const body = { code: codeAt(page), codeVerifier: begun.verifier, target: PROGRAM };
  expect((await exchange(latchkey, body)).status).toBe(200);
  expect(complaints).toEqual([]);
  server.closeAllConnections();
  server.close();
});

it('a link to a site asks, and “Cancel” leads back with an error', async () => {
  const begun = begin();
  const { page, complaints } = await visit();
  await openSite(page, begun);
  await page.goto(link(begun));
  await allow(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(`${TARGET}?**`);
  expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
  expect(complaints).toEqual([]);
});

it('the browser lets the page lead to an app', async () => {
  const { page, complaints } = await visit();
  await page.goto(link(begin(APP)));
  await allow(page);
  const failures: string[] = [];
  page.on('requestfailed', (request) => failures.push(String(request.failure()?.errorText)));
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Continue' }).click(),
  ]);
  expect(sent.url()).toBe(`${latchkey.url}/auth/handover/confirm`);
  await page.waitForTimeout(1000);
  // Nothing here opens the scheme; a policy in the way would say so.
  expect(failures).toEqual(['net::ERR_ABORTED']);
  expect(complaints).toEqual([]);
});
