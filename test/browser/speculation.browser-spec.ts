import type { IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { browserSuite } from './support/browser-suite.js';

/* Chromium fetches links ahead of a click, where a page asks for it. A start that it fetched would sign in by itself. */

const { latchkey, visit } = browserSuite();
let fetchedAhead: string[];

beforeEach(() => {
  fetchedAhead = [];
  latchkey.sandbox.reset();
  const server = latchkey.app.getHttpServer();
  server.on('request', ({ url, headers }: IncomingMessage) => {
    const purpose = headers['sec-purpose'] ?? headers['purpose'];
    if (purpose !== undefined) fetchedAhead.push(`${String(purpose)} ${url}`);
  });
});

/** A page on the service's own origin, as a front end beside it has one. */
async function openPage(head: string) {
  const { page } = await visit();
  await page.route(`${latchkey.url}/app`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>App</title>${head}<a href="/auth/google">Sign in</a>`,
    }),
  );
  await page.goto(`${latchkey.url}/app`);
  return page;
}

const speculation = (kind: 'prefetch' | 'prerender') =>
  `<script type="speculationrules">${JSON.stringify({ [kind]: [{ urls: ['/auth/google'], eagerness: 'immediate' }] })}</script>`;

describe.each([
  ['a prefetched link', '<link rel="prefetch" href="/auth/google">'],
  ['a link prefetched by speculation rules', speculation('prefetch')],
  ['a link prerendered by speculation rules', speculation('prerender')],
])('%s to a start', (_name, head) => {
  it('begins nothing, and works when it is clicked', async () => {
    const page = await openPage(head);
    const until = Date.now() + 10_000;
    while (fetchedAhead.length === 0 && Date.now() < until) await page.waitForTimeout(50);
    expect(fetchedAhead).toEqual(expect.arrayContaining([expect.stringContaining('/auth/google')]));
    await page.waitForTimeout(300);
    expect(latchkey.sandbox.requests).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    expect(page.url()).toContain(latchkey.sandbox.url);
  });
});
