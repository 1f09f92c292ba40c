import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { providerIds } from '../../src/common/provider-id.js';
import { freePort } from '../support/free-port.mjs';
import { browserSuite } from './support/browser-suite.js';
import { consent } from './support/visit.js';

/** A front end on an origin of its own: it opens the popup, and this is how docs/frontends.md has it come back. */
const port = await freePort();
const origin = `http://localhost:${port}`;
const opener = `<!doctype html><link rel="icon" href="data:,"><script>
  globalThis.heard = [];
  new BroadcastChannel('sign-in').onmessage = ({ data }) => heard.push(data);
  onmessage = ({ data }) => heard.push('message: ' + data);
</script>`;
const signedIn = `<!doctype html><link rel="icon" href="data:,"><script>
  new BroadcastChannel('sign-in').postMessage(location.search || 'signed in');
  globalThis.opener?.postMessage('from the popup', '*');
</script>`;

const { latchkey, visit } = browserSuite({
  ALLOWED_ORIGINS: origin,
  SIGN_IN_ERROR_URL: `${origin}/signed-in`,
});
let server: Server;
let page: Page;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(url?.startsWith('/signed-in') ? signedIn : opener);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  ({ page } = await visit());
  await page.goto(origin);
});

/** Opens a sign-in in a popup, as a script does, and waits for the provider's page. */
async function openPopup(provider: string): Promise<Page> {
  const start = `${latchkey.url}/auth/${provider}?returnTo=${encodeURIComponent(`${origin}/signed-in`)}`;
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(`globalThis.popup = open(${JSON.stringify(start)}, '_blank', 'popup'); 0`),
  ]);
  await popup.getByRole('button', { name: 'Allow' }).waitFor();
  return popup;
}

const isClosed = () => page.evaluate('globalThis.popup.closed');

const heard = async (): Promise<unknown> => {
  await page.waitForFunction('heard.length > 0');
  return page.evaluate('heard.toSorted()');
};

describe.each(providerIds)('a popup that signs in with %s', (provider) => {
  it('keeps its opener, from the start to the way back', async () => {
    const popup = await openPopup(provider);
    expect(await isClosed()).toBe(false);
    await consent(popup);
    await popup.waitForURL(`${origin}/signed-in*`);
    expect(await popup.evaluate('opener !== null')).toBe(true);
    expect(await isClosed()).toBe(false);
    await page.waitForFunction('heard.length > 1');
    expect(await heard()).toEqual(['message: from the popup', 'signed in']);
    const session = `fetch('${latchkey.url}/auth/session', { credentials: 'include' }).then((answer) => answer.json())`;
    expect(await page.evaluate(session)).toMatchObject({ user: { displayName: 'Ada Lovelace' } });
  });

  it('keeps it where the person declines', async () => {
    const popup = await openPopup(provider);
    await consent(popup, { press: 'Deny' });
    expect(await popup.evaluate('opener !== null')).toBe(true);
    await page.waitForFunction('heard.length > 1');
    expect(await heard()).toEqual([
      expect.stringMatching(/^\?error=access_denied/),
      'message: from the popup',
    ]);
  });

  it('comes back by a BroadcastChannel where the provider has cut it off', async () => {
    latchkey.sandbox.failNext(provider, 'consent', 'cuts_opener');
    const popup = await openPopup(provider);
    await page.waitForFunction('globalThis.popup.closed');
    await consent(popup);
    await popup.waitForURL(`${origin}/signed-in*`);
    expect(await popup.evaluate('opener')).toBeNull();
    expect(await heard()).toEqual(['signed in']);
  });
});
