import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../support/free-port.mjs';
import { guardByNginx } from '../support/guard.js';
import { startLatchkey } from '../support/latchkey.js';
import { runNginx } from '../support/nginx.js';
import { startWithSiblings, WEB } from '../support/servers.js';
import { type Application, consentAs, startApplication } from './support/application.js';
import { launchChromium } from './support/chromium.js';
import { providerButton } from './support/visit.js';

/* The six shapes of docs/frontends.md, clicked through. */

const PERSON = 'Grace Hopper';
const NOBODY = 'Hello, stranger';
const GREETING = `Hello, ${PERSON}`;

let chromium: Browser;
let page: Page;
let running: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  chromium = await launchChromium();
});

beforeEach(async () => {
  const context = await chromium.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
});

afterEach(() => page.context().close());

afterAll(() => chromium.close());

/** Has something closed when its shape has been tried. */
function until<T extends { close(): Promise<void> }>(started: T): T {
  running = [started, ...running];
  return started;
}

async function closeAll(): Promise<void> {
  for (const each of running) await each.close();
  running = [];
}

const exactly = (url: string) => new RegExp(`^${url.replaceAll(/[.?*]/g, '\\$&')}$`);
const greeting = () => page.getByRole('heading', { level: 1 }).textContent();
const greet = (name: string | undefined) => `<h1>Hello, ${name ?? 'stranger'}</h1>`;

async function signInWithGoogle(arrival: RegExp): Promise<void> {
  await providerButton(page, 'google').click();
  await consentAs(page, PERSON, arrival);
}

interface Session {
  user: { displayName: string } | null;
}

describe('one host', () => {
  let app: string;

  beforeAll(async () => {
    const [port, upstream, pages] = [await freePort(), await freePort(), await freePort()];
    app = `https://localhost:${port}`;
    until(await startLatchkey({ PUBLIC_URL: `${app}/id`, PORT: String(upstream) }));
    const asked = `http://127.0.0.1:${upstream}/id/auth/session`;
    until(
      await startApplication(pages, async ({ headers: { cookie = '' } }) => {
        const answer = await fetch(asked, { headers: { Cookie: cookie } });
        const { user } = (await answer.json()) as Session;
        return { html: `${greet(user?.displayName)}<a href="/id/?returnTo=/">Sign in</a>` };
      }),
    );
    until(
      await runNginx(
        port,
        ({ certificate, key }) => `
          server {
            listen 127.0.0.1:${port} ssl;
            ssl_certificate ${certificate};
            ssl_certificate_key ${key};
            location /id/ { proxy_pass http://127.0.0.1:${upstream}; }
            location / { proxy_pass http://127.0.0.1:${pages}; }
          }`,
      ),
    );
  });

  afterAll(closeAll);

  it('renders by the session that Latchkey holds behind one of its paths', async () => {
    await page.goto(app);
    expect(await greeting()).toBe(NOBODY);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signInWithGoogle(exactly(`${app}/`));
    expect(await greeting()).toBe(GREETING);
    await page.goto(`${app}/id/account`);
    await page.getByRole('button', { name: 'Sign out of this browser' }).click();
    await page.waitForURL(exactly(`${app}/id/`));
    await page.goto(app);
    expect(await greeting()).toBe(NOBODY);
  });
});

describe('sibling sub-domains', () => {
  let app: string;
  let id: string;

  beforeAll(async () => {
    const [port, pages] = [String(await freePort()), await freePort()];
    [app, id] = [`http://app.acme.localhost:${pages}`, `http://id.acme.localhost:${port}`];
    until(await startWithSiblings({ PORT: port, ALLOWED_ORIGINS: app }));
    until(
      await startApplication(pages, async ({ headers: { cookie = '' } }) => {
        const answer = await fetch(`http://127.0.0.1:${port}/auth/introspect`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Latchkey-Service-Key': WEB },
          body: JSON.stringify({ cookie }),
        });
        const { user } = (await answer.json()) as Partial<Session>;
        return {
          html: `${greet(user?.displayName)}<a href="${id}/?returnTo=${encodeURIComponent(`${app}/`)}">Sign in</a>`,
        };
      }),
    );
  });

  afterAll(closeAll);

  it('render by the Domain cookie, until their person signs out by a script of their own', async () => {
    await page.goto(app);
    expect(await greeting()).toBe(NOBODY);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signInWithGoogle(exactly(`${app}/`));
    expect(await greeting()).toBe(GREETING);
    const status = await page.evaluate(async (url) => {
      const answer = await fetch(url, { method: 'POST', credentials: 'include' });
      return answer.status;
    }, `${id}/auth/logout`);
    expect(status).toBe(204);
    await page.reload();
    expect(await greeting()).toBe(NOBODY);
  });
});

describe('another site', () => {
  let app: string;
  let id: string;

  beforeAll(async () => {
    const [port, upstream] = [await freePort(), await freePort()];
    const [appPort, pages] = [await freePort(), await freePort()];
    [id, app] = [`https://localhost:${port}`, `https://app.other.localhost:${appPort}`];
    until(
      await startLatchkey({
        PUBLIC_URL: id,
        PORT: String(upstream),
        HANDOVER_TARGETS: `${app}/callback`,
      }),
    );
    until(await startSite(pages, `http://127.0.0.1:${upstream}`));
    until(
      await runNginx(
        port,
        ({ certificate, key }) => `
          ssl_certificate ${certificate};
          ssl_certificate_key ${key};
          server {
            listen 127.0.0.1:${port} ssl;
            location / { proxy_pass http://127.0.0.1:${upstream}; }
          }
          server {
            listen 127.0.0.1:${appPort} ssl;
            location / { proxy_pass http://127.0.0.1:${pages}; }
          }`,
      ),
    );
  });

  afterAll(closeAll);

  it('signs people in by a code, without a question, into a session of its own', async () => {
    await page.goto(app);
    expect(await greeting()).toBe(NOBODY);
    await page.getByRole('button', { name: 'Sign in with Google' }).click();
    await consentAs(page, PERSON, exactly(`${app}/`));
    expect(await greeting()).toBe(GREETING);
    // The browser is signed in at the site, and not at Latchkey.
    await page.goto(`${id}/account`);
    expect(page.url()).toContain(`${id}/?returnTo=`);
  });

  /** A site as the page has it: verifier and state in a cookie, the token on the server. */
  function startSite(port: number, latchkey: string): Promise<Application> {
    const tokens = new Map<string, string>();
    return startApplication(port, async ({ url = '/', headers: { cookie = '' } }) => {
      const { pathname, searchParams } = new URL(url, app);
      const kept = new URLSearchParams(cookie.replaceAll('; ', '&'));
      if (pathname !== '/callback') {
        const verifier = randomBytes(32).toString('base64url');
        const state = randomBytes(16).toString('base64url');
        const fields = {
          returnTo: `${app}/callback`,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
          state,
        };
        const inputs = Object.entries(fields)
          .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
          .join('');
        const token = tokens.get(kept.get('site') ?? '') ?? '';
        const answer = await fetch(`${latchkey}/users/me`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        const user = (await answer.json()) as { displayName?: string };
        return {
          headers: { 'Set-Cookie': `begun=${verifier}.${state}; HttpOnly; Secure; SameSite=Lax` },
          html: `${greet(user.displayName)}<form method="post" action="${id}/auth/google">${inputs}<button>Sign in with Google</button></form>`,
        };
      }
      const [codeVerifier, state] = (kept.get('begun') ?? '').split('.');
      if (searchParams.get('state') !== state || searchParams.get('iss') !== id) {
        return { status: 400, html: 'Not begun here' };
      }
      const answer = await fetch(`${latchkey}/auth/session/exchange`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          code: searchParams.get('code'),
          codeVerifier,
          target: `${app}/callback`,
        }),
      });
      const { sessionToken } = (await answer.json()) as { sessionToken: string };
      const site = randomBytes(16).toString('hex');
      tokens.set(site, sessionToken);
      return {
        status: 302,
        headers: { Location: '/', 'Set-Cookie': `site=${site}; HttpOnly; Secure; SameSite=Lax` },
      };
    });
  }
});

describe('a program on the person’s machine', () => {
  let id: string;

  beforeAll(async () => {
    const latchkey = until(
      await startLatchkey({ HANDOVER_TARGETS: 'http://127.0.0.1:*/callback', PAGES: 'off' }),
    );
    id = latchkey.url;
  });

  afterAll(closeAll);

  it.each([
    ['Continue', 'code'],
    ['Cancel', 'error'],
  ])('listens for what the person decides on Latchkey’s page: %s', async (decision, outcome) => {
    const port = await freePort();
    const target = `http://127.0.0.1:${port}/callback`;
    let arrived: URL | null = null;
    until(
      await startApplication(port, ({ url = '/' }) => {
        if (url.startsWith('/callback')) arrived = new URL(url, target);
        return Promise.resolve({ html: '<h1>Back to your terminal</h1>' });
      }),
    );
    const codeVerifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      returnTo: target,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'mine',
    });
    await page.goto(`${id}/auth/google?${query.toString()}`);
    await consentAs(page, PERSON, /handover/);
    await expect(page.getByText(PERSON).first().isVisible()).resolves.toBe(true);
    await page.getByRole('button', { name: decision }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/);
    const { searchParams } = arrived ?? new URL('http://nowhere');
    expect([searchParams.get('state'), searchParams.get('iss')]).toEqual(['mine', id]);
    expect(searchParams.has(outcome)).toBe(true);
    if (outcome === 'error') return;
    const exchanged = await fetch(`${id}/auth/session/exchange`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code: searchParams.get('code'), codeVerifier, target }),
    });
    const { sessionToken } = (await exchanged.json()) as { sessionToken: string };
    const asked = await fetch(`${id}/users/me`, {
      headers: { Authorization: `Bearer ${sessionToken}` },
    });
    expect(await asked.json()).toMatchObject({ displayName: PERSON });
  });
});

describe('an API in another process', () => {
  let app: string;

  beforeAll(async () => {
    const [port, pages, api] = [await freePort(), await freePort(), await freePort()];
    app = `http://app.acme.localhost:${pages}`;
    const [id, audience] = [`http://id.acme.localhost:${port}`, `http://api.localhost:${api}`];
    until(
      await startLatchkey({
        PUBLIC_URL: id,
        PORT: String(port),
        ALLOWED_ORIGINS: app,
        TOKEN_AUDIENCES: `${audience} name`,
      }),
    );
    until(await startApi(api, { issuer: id, audience, keys: `http://127.0.0.1:${port}` }));
    const script = `
      const ask = async (url, init) => (await fetch(url, init)).json();
      const hello = async () => {
        const { accessToken } = await ask('${id}/auth/token', { method: 'POST', credentials: 'include' });
        return ask('${audience}/hello', { headers: { Authorization: 'Bearer ' + accessToken } });
      };`;
    until(
      await startApplication(pages, () =>
        Promise.resolve({
          html: `<script>${script}</script><a href="${id}/?returnTo=${encodeURIComponent(`${app}/`)}">Sign in</a>`,
        }),
      ),
    );
  });

  afterAll(closeAll);

  it('knows who is signed in by a token alone', async () => {
    await page.goto(app);
    expect(await page.evaluate('hello()')).toEqual({ refused: true });
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signInWithGoogle(exactly(`${app}/`));
    expect(await page.evaluate('hello()')).toEqual({ hello: PERSON });
  });

  function startApi(
    port: number,
    { issuer, audience, keys }: { issuer: string; audience: string; keys: string },
  ): Promise<Application> {
    const published = createRemoteJWKSet(new URL(`${keys}/.well-known/jwks.json`));
    return startApplication(port, async ({ headers, method }) => {
      const cors = {
        'Access-Control-Allow-Origin': app,
        'Access-Control-Allow-Headers': 'Authorization',
        'Content-Type': 'application/json',
      };
      if (method === 'OPTIONS') return { status: 204, headers: cors };
      const checked = { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] };
      const [, token = ''] = headers.authorization?.split(' ') ?? [];
      const said = await jwtVerify(token, published, checked).then(
        ({ payload }) => ({ hello: payload['name'] }),
        () => ({ refused: true }),
      );
      return { headers: cors, json: said };
    });
  }
});

describe('a proxy that asks', () => {
  let app: string;

  beforeAll(async () => {
    const [port, proxied, pages] = [await freePort(), await freePort(), await freePort()];
    app = `http://app.acme.localhost:${proxied}`;
    until(
      await startWithSiblings({
        PORT: String(port),
        TRUST_PROXY: 'loopback',
        ALLOWED_ORIGINS: app,
      }),
    );
    until(
      await startApplication(pages, ({ headers }) => {
        const name = String(headers['x-latchkey-name'] ?? '');
        return Promise.resolve({ html: greet(decodeURIComponent(name)) });
      }),
    );
    const [latchkey, application] = [`127.0.0.1:${port}`, `127.0.0.1:${pages}`];
    until(await guardByNginx({ port: proxied, latchkey, application }));
  });

  afterAll(closeAll);

  it('leads people to sign-in and back, and says who they are', async () => {
    await page.goto(`${app}/report?year=2026`);
    await signInWithGoogle(exactly(`${app}/report?year=2026`));
    expect(await greeting()).toBe(GREETING);
  });
});
