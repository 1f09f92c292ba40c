import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ErrorCode, errorCodes, messageOf } from '../../src/common/errors/app-error.js';
import { en } from '../../src/pages/text/en/en.js';
import { wordsOf } from '../../src/pages/text/words.js';
import { Browser, locationOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf, linkIn, readOn } from '../support/page.js';

const { errorPages, format } = wordsOf(en);

let latchkey: Latchkey;

const page = async (path: string) => (await new Browser(latchkey).get(path)).text;
const links = (html: string) =>
  [...html.matchAll(/href="([^"]*\/auth\/[^"]*)"/g)].map(([, href = '']) =>
    href.replace(latchkey.url, ''),
  );

/** The names of all elements and attributes: what a text must never add to. */
const structure = (html: string) =>
  [...html.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));

describe('the sign-in page', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ ALLOWED_ORIGINS: 'https://app.test' });
  });

  afterAll(() => latchkey.close());

  it('leads somebody who is signed in on to where they were going', async () => {
    const browser = new Browser(latchkey);
    await browser.signIn('google');
    const to = 'https://app.test/inbox?a=1';
    const onward = await browser.get(`/?returnTo=${encodeURIComponent(to)}`);
    expect(linkIn(onward, 'Continue')).toBe(to);
    expect(linkIn(onward, 'Go to your account')).toBe('/account');
    for (const path of ['/', '/?returnTo=https%3A%2F%2Fevil.test%2F']) {
      expect((await browser.get(path)).text).not.toContain('>Continue<');
    }
  });

  it('has a button for each provider', async () => {
    const html = await page('/');
    expect(links(html)).toEqual(['/auth/google', '/auth/twitter', '/auth/facebook']);
    for (const label of ['Google', 'X', 'Facebook']) {
      expect(html).toContain(`Continue with ${label}<`);
    }
    expect(html).not.toContain('role="alert"');
    expect(html).not.toMatch(/sandbox/i);
  });

  const inOtherWords = ['access_denied', 'provider_error', 'provider_timeout', 'account_exists'];
  const plain = errorCodes.filter((code) => !inOtherWords.includes(code));
  it.each(plain)('says what %s means', async (code) => {
    const html = await page(`/?error=${code}&provider=google&requestId=0199c7d2-aaaa-bbbb`);
    expect(html).toContain('role="alert"');
    expect(html).toContain(`<p>${messageOf(code)}</p>`);
    expect(html).toContain('Google');
  });

  it('quotes the request id where something is broken', async () => {
    const html = await page(
      '/?error=internal_error&requestId=0199c7d2-aaaa-7bbb-8ccc-ddddeeeeffff',
    );
    expect(html).toContain('0199c7d2-aaaa-7bbb-8ccc-ddddeeeeffff');
  });

  it.each([
    ['access_denied', 'Access at Google was not allowed', 'Nothing has changed.'],
    ['provider_timeout', 'Google did not answer', 'This is not your fault.'],
    ['provider_error', 'Google answered with an error', 'This is not your fault.'],
  ])('names the provider where that is known: %s', async (code, title, sentence) => {
    const named = await new Browser(latchkey).get(`/?error=${code}&provider=google`);
    expect(named.text).toContain('role="alert"');
    expect(readOn(named)).toContain(title);
    expect(readOn(named)).toContain(sentence);
    const unknown = await new Browser(latchkey).get(`/?error=${code}&provider=myspace`);
    expect(readOn(unknown)).toContain(messageOf(code as ErrorCode));
  });

  it.each(['provider_timeout', 'provider_error'])('offers it once more after %s', async (code) => {
    const answer = await new Browser(latchkey).get(`/?error=${code}&provider=google`);
    expect(linkIn(answer, 'Try Google again')).toBe(`${latchkey.url}/auth/google`);
    expect(await page(`/?error=${code}&provider=<b>`)).not.toMatch(/>Try .* again</);
  });

  it.each([
    [
      'provider=twitter&signInWith=facebook',
      'Sign in with Facebook instead',
      'with the email address of this X account. Sign in to it with Facebook.',
      // What was refused is not offered once more.
      ['facebook', 'google'],
    ],
    [
      'provider=twitter&signInWith=twitter',
      'Sign in with your other X account',
      'change to that account at X.',
      ['twitter', 'google', 'facebook'],
    ],
    [
      'provider=twitter',
      'Sign in the way you did before',
      'with the email address of this X account. Sign in to it the way you did before.',
      ['google', 'twitter', 'facebook'],
    ],
    [
      'provider=<b>&signInWith=<b>',
      'Sign in the way you did before',
      'with the email address of the account that you chose.',
      ['google', 'twitter', 'facebook'],
    ],
  ])(
    'says how to go on where an address is taken: %s',
    async (query, heading, sentence, offered) => {
      const answer = await new Browser(latchkey).get(`/?error=account_exists&${query}`);
      expect(headingOf(answer)).toBe(heading);
      expect(readOn(answer)).toContain(sentence);
      const primary = [...answer.text.matchAll(/class="button provider primary".*?auth\/(\w+)/g)];
      expect(primary.map(([, id]) => id)).toEqual(/signInWith=(\w+)/.exec(query)?.slice(1) ?? []);
      expect(links(answer.text)).toEqual(offered.map((id) => `/auth/${id}?returnTo=%2Faccount`));
    },
  );

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    'javascript:alert(1)',
    '<%= 7*7 %>',
    'canary text',
    '__proto__.x',
    'toString()',
  ])('repeats nothing of a query that it does not know: %s', async (value) => {
    const names = ['error', 'provider', 'signInWith', 'requestId', 'returnTo', 'error_description'];
    const query = new URLSearchParams(Object.fromEntries(names.map((name) => [name, value])));
    expect(await page(`/?${query.toString()}`)).toBe(await page('/?error=internal_error'));
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])(
    'knows no error named %s',
    async (name) => {
      const html = await page(`/?error=${name}&provider=${name}&signInWith=${name}`);
      expect(html).toBe(await page('/?error=internal_error'));
    },
  );

  it.each(['error[]=x', 'error=a&error=b', 'error', 'requestId=a&requestId=b', 'returnTo[x]=y'])(
    'survives ?%s',
    async (query) => {
      expect((await new Browser(latchkey).get(`/?${query}`)).status).toBe(200);
    },
  );

  it.each([
    ['/docs?a=1&b="2"', '/docs?a=1&b=%222%22'],
    ['https://app.test/home', 'https://app.test/home'],
  ])('keeps returnTo=%s', async (returnTo, kept) => {
    const html = await page(`/?returnTo=${encodeURIComponent(returnTo)}`);
    const query = `?returnTo=${encodeURIComponent(kept)}`;
    expect(links(html)).toEqual([
      `/auth/google${query}`,
      `/auth/twitter${query}`,
      `/auth/facebook${query}`,
    ]);
  });

  it.each(['https://evil.test/', '//evil.test', 'javascript:alert(1)', '/\\evil.test'])(
    'drops returnTo=%s',
    async (returnTo) => {
      const html = await page(`/?returnTo=${encodeURIComponent(returnTo)}`);
      expect(links(html)).toEqual(['/auth/google', '/auth/twitter', '/auth/facebook']);
      expect(html).not.toContain('evil');
    },
  );

  it('tells somebody who is signed in who they are', async () => {
    const browser = new Browser(latchkey);
    await browser.signIn('google');
    const { text } = await browser.get('/');
    expect(text).toContain('Ada Lovelace');
    expect(text).toContain('href="/account"');
  });
});

describe('the account page', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  afterEach(() => latchkey.database.deleteFrom('users').execute());

  afterAll(() => latchkey.close());

  it('sends a visitor to the sign-in page, and back when they have signed in', async () => {
    const browser = new Browser(latchkey);
    const response = await browser.get('/account');
    expect([302, 303]).toContain(response.status);
    expect(locationOf(response)).toBe('/?returnTo=%2Faccount');
    const { text } = await browser.get(locationOf(response));
    expect(links(text)[0]).toBe('/auth/google?returnTo=%2Faccount');
  });

  it('shows the person, their providers and a form to sign out', async () => {
    const browser = new Browser(latchkey);
    await browser.signIn('twitter');
    const { status, text, headers } = await browser.get('/account');
    expect(status).toBe(200);
    expect(text).toContain('Ada Lovelace');
    expect(text).toContain('ada@x.example');
    expect(text).toContain('@ada');
    // The sandbox has no https: its pictures are let in by its origin, and no others.
    const picture = /<img src="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(picture).toMatch(new RegExp(`^${latchkey.sandbox.url}/sandbox/pictures/[^"]*\\.svg$`));
    expect((await fetch(picture)).headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(headers['content-security-policy']).toContain(
      `img-src ${latchkey.sandbox.url} https: data:;`,
    );
    expect(text).toMatch(/<form[^>]* method="post" action="\/auth\/logout"/);
  });

  it('shows whatever somebody calls themselves as text', async () => {
    const harmless = new Browser(latchkey);
    await harmless.signIn('google', { subject: '1', name: 'Ada', email: 'a@example.com' });
    const { text: expected } = await harmless.get('/account');

    const browser = new Browser(latchkey);
    const name = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\'<%= 7777*7 %>&amp;';
    const email = "'onload=alert(1)@example.com";
    await browser.signIn('google', { subject: '2', name, email });
    const { text } = await browser.get('/account');
    expect(structure(text)).toEqual(structure(expected));
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('&amp;amp;');
    expect(text).not.toContain('54439');
    expect((await browser.get('/')).text).not.toContain('<script');
  });

  it.each(['javascript:alert(1)', 'http://example.com/x.png', 'data:image/svg+xml,<svg/>'])(
    'shows no picture for %s',
    async (picture) => {
      const browser = new Browser(latchkey);
      await browser.signIn('google', { name: 'Ada', picture });
      const { text } = await browser.get('/account');
      expect(text).not.toContain('<img');
      expect((await browser.api('/users/me')).body).toMatchObject({ avatarUrl: null });
    },
  );

  it('keeps a picture’s URL within its attribute', async () => {
    const browser = new Browser(latchkey);
    const picture = 'https://example.com/x.png?"onerror="alert(1)';
    await browser.signIn('facebook', { name: 'Ada', picture });
    const { text } = await browser.get('/account');
    expect(text).toContain('<img src="https://example.com/x.png?%22onerror=%22alert(1)"');
  });
});

describe('the policy of the pages', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey();
  });

  afterAll(() => latchkey.close());

  it.each(['/', '/?error=access_denied', '/account'])(
    'of %s lets only its own style in',
    async (path) => {
      const browser = new Browser(latchkey);
      await browser.signIn('google');
      const { headers, text } = await browser.get(path);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      const policy = Object.fromEntries(
        String(headers['content-security-policy'])
          .split('; ')
          .map((directive) => directive.split(/ (.*)/, 2)),
      ) as Record<string, string>;
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(policy).toMatchObject({
        'default-src': "'none'",
        'style-src': `'sha256-${hash}'`,
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
      });
      // A form of the account page leads to a provider, and browsers hold that against form-action.
      expect(policy['form-action'] ?? path).toBe(path === '/account' ? path : "'self'");
      expect(Object.keys(policy)).not.toContain('script-src');
      expect(JSON.stringify(policy)).not.toMatch(/unsafe|\*/);
      expect(text).not.toMatch(/<script|\son\w+=|\sstyle=/i);
      expect(text.match(/<style/g)).toHaveLength(1);
    },
  );
});

describe('where only some providers are on', () => {
  afterEach(() => latchkey.close());

  it('only they have a button', async () => {
    latchkey = await startLatchkey({
      GOOGLE_CLIENT_ID: undefined,
      GOOGLE_CLIENT_SECRET: undefined,
      TWITTER_CLIENT_ID: '',
      TWITTER_CLIENT_SECRET: '',
    });
    expect(links(await page('/'))).toEqual(['/auth/facebook']);
  });

  it('and none at all, the page says what to set', async () => {
    latchkey = await startLatchkey({
      GOOGLE_CLIENT_ID: undefined,
      GOOGLE_CLIENT_SECRET: undefined,
      TWITTER_CLIENT_ID: undefined,
      TWITTER_CLIENT_SECRET: undefined,
      FACEBOOK_CLIENT_ID: undefined,
      FACEBOOK_CLIENT_SECRET: undefined,
      SANDBOX: 'off',
    });
    const html = await page('/');
    expect(links(html)).toEqual([]);
    expect(html).toContain('GOOGLE_CLIENT_ID');
  });

  it('and the sandbox simulates the others, the page says so', async () => {
    latchkey = await startLatchkey({
      TWITTER_CLIENT_ID: undefined,
      TWITTER_CLIENT_SECRET: undefined,
      SANDBOX: 'on',
      SANDBOX_PORT: String(await freePort()),
    });
    const html = await page('/');
    expect(links(html)).toHaveLength(3);
    expect(html).toMatch(/sandbox/i);
  });
});

describe('a failure that passes by itself', () => {
  beforeAll(async () => {
    latchkey = await startLatchkey({ RATE_LIMIT_PER_MINUTE: '1' });
    await page('/');
  });

  afterAll(() => latchkey.close());

  it.each(['/', '/account', '/account/activity?cursor=x', '/auth/google?returnTo=%2Faccount'])(
    'lets %s be tried again',
    async (path) => {
      const answer = await new Browser(latchkey).get(path);
      expect([answer.status, linkIn(answer, 'Try again')]).toEqual([429, path]);
      expect(readOn(answer)).toContain(
        errorPages.wait(format.wait(Number(answer.headers['retry-after']))),
      );
    },
  );

  it('does not let a callback be tried again', async () => {
    const html = await page('/auth/google/callback?code=x&state=y');
    expect(html).not.toContain('>Try again<');
    // Nothing has read a session, and there is no cookie of one.
    expect(html).toContain('>Go to the sign-in page<');
    expect(html).not.toContain('>Go to your account<');
  });
});
