import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { letTimePass } from '../support/accounts.js';
import { freePort } from '../support/free-port.mjs';
import { type Application, startApplication } from './support/application.js';
import { browserSuite } from './support/browser-suite.js';
import { consent, signIn } from './support/visit.js';

/** A front end on an origin of its own, which has nothing but the client. */
const port = await freePort();
const origin = `http://localhost:${port}`;
const API = 'https://api.test';

const { latchkey, visit } = browserSuite({
  ALLOWED_ORIGINS: origin,
  SIGN_IN_ERROR_URL: `${origin}/failed`,
  TOKEN_AUDIENCES: API,
  IDENTITY_SETTLE_SECONDS: '0',
});

const client = (file: string) =>
  fileURLToPath(new URL(`../../client/src/${file}`, import.meta.url));

/** Puts a module and the client into one, as applications do. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: client('.'), loader: 'js' },
    bundle: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

const page = (script: string) => `<title>App</title><main></main><script type="module">
  ${script}
  globalThis.ready = true;
</script>`;

const core = () => `
  import * as client from '/client.js';
  const latchkey = client.createLatchkey({ baseUrl: '${latchkey.url}/' });
  Object.assign(globalThis, { client, latchkey, heard: [], resumed: 'waiting' });
  latchkey.onChange(({ user }) => heard.push(user?.displayName ?? null));
  latchkey.resumed.then((done) => { resumed = done; }, (error) => { resumed = error.code; });`;

const reactPage = `
  import { createElement as h } from 'react';
  import { createRoot } from 'react-dom/client';
  import { createLatchkey } from './index.ts';
  import { LatchkeyProvider, SignInButtons, useLatchkey, useSession } from './react.ts';
  const query = new URLSearchParams(location.search);
  const latchkey = createLatchkey({ baseUrl: globalThis.service });
  globalThis.latchkey = latchkey;
  globalThis.errors = [];
  function App() {
    const session = useSession();
    const { signOut } = useLatchkey();
    if (session.status === 'signedOut') return h(SignInButtons, {
      popup: query.has('popup'),
      locale: query.get('locale') ?? undefined,
      returnTo: query.has('popup') ? '/signed-in' : undefined,
      onError: ({ code }) => errors.push(code),
    });
    if (session.status === 'failed') return h('button', { onClick: session.retry }, 'Again');
    if (session.status === 'signedIn') return h('div', null,
      h('h1', null, session.user.displayName), h('button', { onClick: signOut }, 'Sign out'));
    return 'Loading';
  }
  createRoot(document.querySelector('main')).render(
    h(LatchkeyProvider, { latchkey }, h(App), h(App)));`;

let application: Application;
let tab: Page;

beforeAll(async () => {
  const scripts: Record<string, string> = {
    '/client.js': await bundled(`export * from './index.ts'`),
    '/react.js': await bundled(reactPage),
  };
  application = await startApplication(port, ({ url = '/' }) => {
    const { pathname } = new URL(url, origin);
    const script = scripts[pathname];
    const pages: Record<string, string> = {
      '/signed-in': page(`import { finishPopup } from '/client.js'; finishPopup();`),
      '/failed': page(''),
      '/react': page(`globalThis.service = '${latchkey.url}'; await import('/react.js');`),
    };
    return Promise.resolve(
      script === undefined
        ? { html: pages[pathname] ?? page(core()) }
        : { headers: { 'Content-Type': 'text/javascript' }, raw: script },
    );
  });
});

afterAll(() => application.close());

beforeEach(async () => {
  ({ page: tab } = await visit());
  await open(tab);
});

async function open(inTab: Page, path = '/'): Promise<void> {
  await inTab.goto(origin + path);
  await inTab.waitForFunction('globalThis.ready');
}

/** What a script of the page gets: a value, or the code of the error that it ends in. */
function run<Value = unknown>(code: string, inTab: Page = tab): Promise<Value> {
  return inTab.evaluate<Value>(
    `(async () => { ${code} })().catch((error) => error.code ?? String(error))`,
  );
}

/** Runs something that leaves the page, answers the provider, and comes back to the application. */
async function leave(code: string, answer: Parameters<typeof consent>[1] = {}): Promise<void> {
  await begin(code);
  await comeBack(answer);
}

/** Runs something that leaves the page for a provider's. */
async function begin(code: string): Promise<void> {
  await tab.evaluate(`{ ${code} }; 0`);
  await tab.getByRole('button', { name: 'Allow' }).waitFor();
}

async function comeBack(answer: Parameters<typeof consent>[1] = {}): Promise<void> {
  await consent(tab, answer);
  await tab.waitForURL(`${origin}/**`);
  await tab.waitForFunction('globalThis.ready');
}

const name = () =>
  run<string | null>(`return (await latchkey.session()).user?.displayName ?? null`);

/** How often something of the service is asked for from now on. */
function count(pathname: string, inTab: Page = tab): () => number {
  let times = 0;
  inTab.on('request', (request) => {
    if (new URL(request.url()).pathname === pathname && request.method() !== 'OPTIONS') times += 1;
  });
  return () => times;
}

/** Answers in the service's stead. */
const answerInstead = (pathname: string, status: number, body = '{}') =>
  tab.route(`${latchkey.url}${pathname}`, (route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      headers: {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'Retry-After',
        'Retry-After': '7',
      },
      body,
    }),
  );

describe('session()', () => {
  it('asks once for all who ask at the same time, and again later', async () => {
    const asked = count('/auth/session');
    await run(`await Promise.all([1, 2, 3].map(() => latchkey.session()))`);
    expect(asked()).toBe(1);
    expect(await name()).toBeNull();
    expect(asked()).toBe(2);
  });

  it.each([
    [429, 'rate_limited'],
    [503, 'store_unavailable'],
  ])('keeps what was last known at %s', async (status, code) => {
    await answerInstead('/auth/session', status);
    const first = await run(`try { await latchkey.session() } catch (error) {
      return [error.code, error.retryAfter, error instanceof client.LatchkeyError] }`);
    expect(first).toEqual([code, 7, true]);
    await tab.unroute(`${latchkey.url}/auth/session`);
    await leave(`latchkey.signIn('google')`);
    expect(await name()).toBe('Ada Lovelace');
    await answerInstead('/auth/session', status);
    expect(await name()).toBe('Ada Lovelace');
  });

  it('fails at any other failure, and forgets nothing', async () => {
    await leave(`latchkey.signIn('google')`);
    await name();
    await answerInstead('/auth/session', 500, '{"code":"internal_error"}');
    expect(await name()).toBe('internal_error');
    expect(await run('return latchkey.known.user.displayName')).toBe('Ada Lovelace');
  });

  it('does not take an answer of before a sign-out for one of after', async () => {
    await leave(`latchkey.signIn('google')`);
    await name();
    const late = Promise.withResolvers<void>();
    await tab.route(
      `${latchkey.url}/auth/session`,
      async (route) => {
        const answer = await route.fetch();
        await late.promise;
        await route.fulfill({ response: answer });
      },
      { times: 1 },
    );
    const asked = tab.waitForRequest(`${latchkey.url}/auth/session`);
    await tab.evaluate('globalThis.early = latchkey.session(); 0');
    await asked;
    await run('await latchkey.signOut()');
    late.resolve();
    expect(await run('return (await early).user')).toBeNull();
    expect(await run('return [latchkey.known.user, heard.at(-1)]')).toEqual([null, null]);
  });
});

describe('a sign-in by navigation', () => {
  it.each(['google', 'twitter', 'facebook'])('with %s comes back to the page', async (provider) => {
    await open(tab, '/inbox?folder=a%20b#third');
    await leave(`latchkey.signIn('${provider}')`);
    expect(tab.url()).toBe(`${origin}/inbox?folder=a%20b#third`);
    expect(await name()).toBe('Ada Lovelace');
  });

  it('tells of a failure, and leaves no trace of it in the next one’s address', async () => {
    await open(tab, '/inbox?folder=a');
    await leave(`latchkey.signIn('google')`, { press: 'Deny' });
    const told = await run<Record<string, string>>(`const error = client.readError();
      return { ...error, instance: error instanceof client.LatchkeyError, name: error.name }`);
    expect(told).toMatchObject({
      code: 'access_denied',
      provider: 'google',
      requestId: expect.any(String),
      status: null,
      instance: true,
      name: 'LatchkeyError',
    });
    await leave(`latchkey.signIn('google')`);
    expect(tab.url()).toBe(`${origin}/inbox?folder=a`);
    expect(await run('return client.readError()')).toBeNull();
  });

  it('may return elsewhere, as the page has it', async () => {
    await open(tab, '/a/b');
    await leave(`latchkey.signIn('google', { returnTo: '../c' })`);
    expect(tab.url()).toBe(`${origin}/c`);
  });

  it('has an address for a link', async () => {
    const url = await run<string>(
      `return latchkey.signInUrl('google', { returnTo: '/x', errorTo: '/y', prompt: 'login', loginHint: 'a@b.test', state: 's' })`,
    );
    expect([url.split('?')[0], Object.fromEntries(new URL(url).searchParams)]).toEqual([
      `${latchkey.url}/auth/google`,
      {
        returnTo: `${origin}/x`,
        errorTo: `${origin}/y`,
        prompt: 'login',
        login_hint: 'a@b.test',
        state: 's',
      },
    ]);
  });

  it.each([
    ['?error=made_up', 'internal_error'],
    ['?error=access_denied&reauthUrl=https://evil.test', 'access_denied'],
  ])('reads %s, which anybody can write, as %s', async (search, code) => {
    expect(
      await run(`const error = client.readError({ search: '${search}' });
        return [error.code, error.reauthUrl]`),
    ).toEqual([code, null]);
  });
});

it('providers() asks once', async () => {
  const asked = count('/auth/providers');
  const labels = await run(`await latchkey.providers();
    return (await latchkey.providers()).map(({ label }) => label)`);
  expect(labels).toEqual(['Google', 'X', 'Facebook']);
  expect(asked()).toBe(1);
});

it('says what is wrong where baseUrl is not Latchkey’s', async () => {
  const wrong = `client.createLatchkey({ baseUrl: '${origin}' })`;
  expect(await run(`await ${wrong}.session()`)).toContain('is baseUrl Latchkey’s PUBLIC_URL?');
});

async function openPopup(options = `returnTo: '/signed-in'`): Promise<Page> {
  const [popup] = await Promise.all([
    tab.waitForEvent('popup'),
    tab.evaluate(`globalThis.waiting = latchkey.signIn('google', { popup: true, ${options} })
      .then(({ user }) => user.displayName, ({ name, code }) => (name === 'LatchkeyError' ? code : name)); 0`),
  ]);
  await popup.getByRole('button', { name: 'Allow' }).waitFor();
  return popup;
}

async function answerIn(popup: Page, press: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  const closed = popup.waitForEvent('close');
  await popup.getByRole('radio', { name: 'Ada Lovelace' }).check();
  await popup.getByRole('button', { name: press }).click();
  await closed;
}

describe('a sign-in in a popup', () => {
  it.each([
    ['a page of its own', `returnTo: '/signed-in'`],
    ['the page itself', ''],
  ])('tells who it is, by %s, and closes', async (_what, options) => {
    await answerIn(await openPopup(options));
    expect(await run('return waiting')).toBe('Ada Lovelace');
    expect(await run('return [heard, location.href]')).toEqual([['Ada Lovelace'], `${origin}/`]);
  });

  it('does so where the provider has cut it off from its opener', async () => {
    latchkey.sandbox.failNext('google', 'consent', 'cuts_opener');
    await answerIn(await openPopup());
    expect(await run('return waiting')).toBe('Ada Lovelace');
  });

  it('leaves the provider nothing to steer the page with', async () => {
    const popup = await openPopup();
    expect(await popup.evaluate('opener')).toBeNull();
  });

  it('fails with the code', async () => {
    await answerIn(await openPopup(), 'Deny');
    expect(await run('return waiting')).toBe('access_denied');
  });

  it('need not be waited for, and is heard of all the same', async () => {
    const popup = await openPopup(`signal: (globalThis.given = new AbortController()).signal`);
    await tab.evaluate('given.abort()');
    expect(await run('return waiting')).toBe('AbortError');
    await answerIn(popup);
    await tab.waitForFunction(`heard.at(-1) === 'Ada Lovelace'`);
  });

  it('does not open for whoever has begun something else by then', async () => {
    await tab.evaluate('globalThis.open = () => { throw new Error("opened"); }; 0');
    const options = `{ popup: true, signal: AbortSignal.abort() }`;
    const ended = await run(`return latchkey.signIn('google', ${options}).catch(String)`);
    expect(ended).toMatch(/^AbortError/);
  });

  it('is a navigation where the browser blocks popups', async () => {
    await tab.evaluate('globalThis.open = () => null; 0');
    await leave(`latchkey.signIn('google', { popup: true, returnTo: '/signed-in' })`);
    expect(tab.url()).toBe(`${origin}/`);
    expect(await name()).toBe('Ada Lovelace');
  });

  it('believes nothing that a page says without the service', async () => {
    await openPopup();
    await tab.evaluate(
      `new BroadcastChannel('latchkey').postMessage({ popup: 'popup-1', search: '' }); 0`,
    );
    expect(
      await run(
        `return Promise.race([waiting, new Promise((done) => setTimeout(done, 300, 'still'))])`,
      ),
    ).toBe('still');
  });
});

describe('two tabs', () => {
  it('hear of each other’s sign-in and sign-out', async () => {
    const other = await tab.context().newPage();
    await open(other);
    await run('await latchkey.session()', other);
    await leave(`latchkey.signIn('google')`);
    await run('await latchkey.session()', other);
    await name();
    await run('await latchkey.signOut()');
    expect(await name()).toBeNull();
    await other.waitForFunction('heard.at(-1) === null && latchkey.known.user === null');
    expect(await run('return heard', other)).toEqual([null, 'Ada Lovelace', null]);
  });

  it('ask again when they are looked at', async () => {
    expect(await name()).toBeNull();
    const elsewhere = await tab.context().newPage();
    await signIn(elsewhere, latchkey.url, 'google');
    await tab.evaluate(`document.dispatchEvent(new Event('visibilitychange')); 0`);
    await tab.waitForFunction(`heard.at(-1) === 'Ada Lovelace'`);
    expect(await run('return heard')).toEqual([null, 'Ada Lovelace']);
  });
});

const users = async () =>
  (await latchkey.database.selectFrom('users').select('id').execute()).length;
const resumed = async () => {
  await tab.waitForFunction(`resumed !== 'waiting'`);
  return run<{ action: string } | string | null>('return resumed');
};

describe('what needs a confirmation', () => {
  beforeEach(async () => {
    await leave(`latchkey.signIn('google')`);
    await letTimePass(latchkey);
  });

  it('deletes the account after it', async () => {
    await open(tab, '/settings?tab=danger');
    await leave(`latchkey.deleteAccount()`);
    expect(await resumed()).toMatchObject({ action: 'deleteAccount' });
    expect(tab.url()).toBe(`${origin}/settings?tab=danger`);
    expect([await users(), await name()]).toEqual([0, null]);
  });

  it('deletes nothing when the person goes back instead, now or later', async () => {
    await begin(`latchkey.deleteAccount()`);
    await tab.goto(`${origin}/`);
    await tab.waitForFunction('globalThis.ready');
    expect(await resumed()).toBeNull();
    await leave(`latchkey.signIn('google', { prompt: 'login' })`);
    expect(await resumed()).toBeNull();
    expect(await users()).toBe(1);
  });

  it('deletes nothing when they go back in history', async () => {
    await begin(`latchkey.deleteAccount()`);
    await tab.goBack();
    await tab.waitForFunction('globalThis.ready');
    expect(await resumed()).toBeNull();
    expect(await users()).toBe(1);
  });

  it('deletes nothing when the person declines at the provider', async () => {
    await leave(`latchkey.deleteAccount()`, { press: 'Deny' });
    expect(await resumed()).toBeNull();
    expect(await run('return client.readError()?.code')).toBe('access_denied');
    expect(await users()).toBe(1);
  });

  it('deletes nothing of somebody else’s', async () => {
    await begin(`latchkey.deleteAccount()`);
    const elsewhere = await tab.context().newPage();
    await signIn(elsewhere, latchkey.url, 'google', { choose: 'Grace Hopper' });
    await comeBack();
    expect(await resumed()).toBeNull();
    expect(await run('return client.readError()?.code')).toBe('session_changed');
    expect(await users()).toBe(2);
  });

  it('says so when it is still not enough, and does not go round', async () => {
    await begin(`latchkey.deleteAccount()`);
    await answerInstead(
      '/users/me?*',
      403,
      `{"code":"reauth_required","reauthUrl":"${latchkey.url}/auth/google?prompt=login"}`,
    );
    await comeBack();
    expect(await resumed()).toBe('reauth_required');
    expect(await users()).toBe(1);
  });

  it('gives the data', async () => {
    await leave(`latchkey.exportData()`);
    await resumed();
    const text = await run<string>('return resumed.result.text()');
    expect(JSON.parse(text)).toMatchObject({ user: { displayName: 'Ada Lovelace' } });
    // Confirmed a moment ago: now it goes without.
    expect(await run('return (await latchkey.exportData()).type')).toContain('application/json');
  });

  it('connects another provider, and disconnects it', async () => {
    await begin(`latchkey.link('twitter', { returnTo: '/linked' })`);
    await tab.getByRole('radio', { name: 'Ada Lovelace' }).check();
    // Back from Google, and on to X.
    await Promise.all([
      tab.waitForURL(/oauth\/authorize|authenticate/),
      tab.getByRole('button', { name: 'Allow' }).click(),
    ]);
    await comeBack({ choose: 'Grace Hopper' });
    expect(tab.url()).toBe(`${origin}/linked`);
    const connected = `return (await latchkey.session()).user.identities.map(({ provider }) => provider)`;
    expect(await run(connected)).toEqual(['google', 'twitter']);
    await run(`await latchkey.unlink('twitter')`);
    expect(await run(connected)).toEqual(['google']);
    expect(await run(`await latchkey.unlink('google')`)).toBe('last_identity');
  });

  it('puts an action at a page that was left open to whom it was meant for', async () => {
    await name();
    const elsewhere = await tab.context().newPage();
    await signIn(elsewhere, latchkey.url, 'google', { choose: 'Grace Hopper' });
    expect(await run('await latchkey.sessions.endOthers()')).toBe('session_changed');
  });
});

describe('the account', () => {
  beforeEach(() => leave(`latchkey.signIn('google')`));

  it('lists and ends sessions, and what happened', async () => {
    const other = await (await visit()).context.newPage();
    await signIn(other, latchkey.url, 'google');
    expect(
      await run(`const [theirs] = (await latchkey.sessions.list()).filter(({ current }) => !current);
        await latchkey.sessions.end(theirs.id);
        return (await latchkey.sessions.list()).length`),
    ).toBe(1);
    expect(
      await run(`const page = await latchkey.activity({ limit: 1 });
        const next = await latchkey.activity({ limit: 1, cursor: page.nextCursor });
        return [page, next].map(({ items }) => items.map(({ event }) => event))`),
    ).toEqual([[expect.any(String)], [expect.any(String)]]);
  });

  it('changes the name, which this page and others then show', async () => {
    expect(
      await run(`await latchkey.session();
        const user = await latchkey.updateUser({ displayName: 'Countess', locale: 'en-gb' });
        return [user.displayName, user.locale, latchkey.known.user.displayName, heard.at(-1)]`),
    ).toEqual(['Countess', 'en-GB', 'Countess', 'Countess']);
    expect(await run(`return (await latchkey.updateUser({ displayName: null })).displayName`)).toBe(
      'Ada Lovelace',
    );
  });

  it('has tokens for an API, one for as long as it lasts', async () => {
    const asked = count('/auth/token');
    const token = await run<string>(`await latchkey.token(); return latchkey.token('${API}')`);
    expect(token.split('.').length).toBe(3);
    expect(await run(`return latchkey.token('${API}')`)).toBe(token);
    expect(asked()).toBe(2);
    await run('await latchkey.signOut()');
    expect(await run(`return latchkey.token('${API}')`)).toBe('unauthenticated');
  });

  it('connects what a refused sign-in has left pending', async () => {
    await run('await latchkey.signOut()');
    await leave(`latchkey.signIn('twitter')`, { choose: 'Ada King' });
    expect(
      await run(`const error = client.readError(); return [error.code, error.signInWith]`),
    ).toEqual(['account_exists', 'google']);
    await leave(`latchkey.signIn('google')`);
    expect(
      await run(`const { pendingLink } = await latchkey.session();
        await latchkey.pendingLink.confirm();
        return [pendingLink.provider, latchkey.known.pendingLink,
          latchkey.known.user.identities.length]`),
    ).toEqual(['twitter', null, 2]);
  });
});

const heading = () => tab.getByRole('heading', { name: 'Ada Lovelace' }).first();

describe('React', () => {
  it('shows links, then who is signed in, with one request', async () => {
    const asked = count('/auth/session');
    await open(tab, '/react');
    const link = tab.getByRole('link', { name: 'Continue with Google' }).first();
    await link.waitFor();
    expect(asked()).toBe(1);
    expect(await tab.locator('a[data-provider]').count()).toBe(6);
    await link.click();
    await comeBack();
    expect(tab.url()).toBe(`${origin}/react`);
    await heading().waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).first().click();
    await link.waitFor();
  });

  it('has links in the language of the application', async () => {
    await open(tab, '/react?locale=fr-CA');
    const link = tab.locator('a[data-provider=google]').first();
    await expect(link.textContent()).resolves.toBe('Continuer avec Google');
  });

  it('signs in by a popup', async () => {
    await open(tab, '/react?popup');
    const [popup] = await Promise.all([
      tab.waitForEvent('popup'),
      tab.getByRole('link', { name: 'Continue with Google' }).first().click(),
    ]);
    await popup.getByRole('radio', { name: 'Ada Lovelace' }).check();
    await popup.getByRole('button', { name: 'Allow' }).click();
    await heading().waitFor();
    expect(await run('return errors')).toEqual([]);
  });

  it('does not take a failure for “signed out”', async () => {
    await answerInstead('/auth/session', 503);
    await open(tab, '/react');
    const again = tab.getByRole('button', { name: 'Again' }).first();
    await again.waitFor();
    await tab.unroute(`${latchkey.url}/auth/session`);
    expect(await tab.getByRole('link').count()).toBe(0);
    await again.click();
    await tab.getByRole('link', { name: 'Continue with Google' }).first().waitFor();
  });
});
