import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Look } from '../../src/pages/look.js';
import { render } from '../../src/pages/renderer.js';
import { type Catalogue, en } from '../../src/pages/text/en/en.js';
import { markup } from '../../src/pages/text/markup.js';
import { languages, wordsOf } from '../../src/pages/text/words.js';
import { signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { headingOf, readOn } from '../support/page.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ ALLOWED_ORIGINS: 'https://app.test' });
});

afterAll(() => latchkey.close());

/** The language of a page, as its headers and its elements say it. */
async function languageOf(path: string, accept?: string): Promise<unknown> {
  const headers = accept === undefined ? {} : { 'Accept-Language': accept };
  const { headers: answered, text } = await new Browser(latchkey).get(path, headers);
  const [, lang, dir] = /<html lang="([^"]*)" dir="([^"]*)">/.exec(text) ?? [];
  expect([answered['content-language'], dir]).toEqual([lang, 'ltr']);
  expect(answered['vary']).toMatch(/\bAccept-Language\b/);
  return lang;
}

describe('the language of a page', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['de-Latn-DE-1996-x-private', 'de'],
    ['en;q=0.1, de;q=0.2', 'de'],
    ['de;q=0.1, en;q=0.2', 'en'],
    ['de;q=0, fi', 'en'],
    ['de-CH, en;q=0.9, de;q=0.1', 'de'],
    ['zh-CN, zh;q=0.9', 'en'],
    ['zh, de;q=0.1', 'de'],
    ['pt-BR', 'pt'],
    ['pt-PT, en', 'pt'],
    ['fr-CA, en-US;q=0.7', 'fr'],
    ['es-419, es;q=0.9', 'es'],
    ['ja-JP', 'ja'],
    ['deutsch', 'en'],
    ['__proto__, constructor', 'en'],
    ['de;q=x, ;;, =', 'en'],
    [`${'de-'.repeat(2000)}de`, 'en'],
  ])('by Accept-Language %j is %s', async (accept, language) => {
    expect(await languageOf('/', accept)).toBe(language);
  });

  it.each([
    ['de', 'en', 'de'],
    ['fi de-AT en', 'en', 'de'],
    ['en', 'de', 'en'],
    ['fi', 'de', 'de'],
    ['', 'de', 'de'],
    ['<b>', 'fi', 'en'],
  ])('by ui_locales=%s before Accept-Language %s is %s', async (wanted, accept, language) => {
    expect(await languageOf(`/?ui_locales=${encodeURIComponent(wanted)}`, accept)).toBe(language);
  });

  it('survives ui_locales that comes twice', async () => {
    expect(await languageOf('/?ui_locales=de&ui_locales=en', 'de')).toBe('de');
  });

  it('keeps what the answer depends on otherwise', async () => {
    const headers = { Origin: 'https://app.test', 'Accept-Language': 'de' };
    const { headers: answered } = await new Browser(latchkey).get('/', headers);
    expect(answered['vary']).toBe('Origin, Accept-Language');
    expect(answered['cache-control']).toBe('no-store');
  });

  it('is that of an error page too', async () => {
    const page = await new Browser(latchkey).get('/nowhere', { 'Accept-Language': 'de' });
    expect([page.status, page.headers['content-language']]).toEqual([404, 'de']);
    expect(headingOf(page)).toBe('Hier gibt es keine Seite');
  });

  it('is English for what the API says', async () => {
    const { body, headers } = await new Browser(latchkey).api('/users/me', {
      'Accept-Language': 'de',
    });
    expect(body).toMatchObject({ code: 'unauthenticated', detail: 'Sign in first.' });
    expect(headers['content-language']).toBeUndefined();
  });
});

/** What English says in more than two words, between what is filled in. */
function piecesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(piecesOf);
  const anything = Object.assign((words: string) => words, { toString: () => '□' });
  const filled: unknown =
    typeof value === 'function' ? value(anything, anything, anything, anything) : value;
  return String(filled)
    .split('□')
    .map((piece) => piece.trim())
    .filter((piece) => piece.split(/\s+/).length > 2);
}

describe.each(languages.filter(({ language }) => language !== 'en'))(
  'in $language, pages',
  ({ language, ...words }) => {
    const english = piecesOf(en);
    const headers = { 'Accept-Language': language };
    let browser: Browser;

    beforeAll(async () => {
      browser = await signedIn(latchkey, 'google', somebody());
    });

    const paths = [
      '/account',
      '/account/activity',
      '/account/delete',
      '/account/sign-out-everywhere',
      '/account/sessions/revoke-others',
      '/account/nowhere',
      '/?error=account_exists&provider=google&signInWith=twitter',
      '/?error=access_denied&provider=twitter&purpose=link',
      '/?error=session_changed&provider=google',
    ];

    it.each(paths)('have no English left: %s', async (path) => {
      const page = await browser.get(path, headers);
      expect(page.headers['content-language']).toBe(language);
      const text = readOn(page);
      expect(english.filter((piece) => text.includes(piece))).toEqual([]);
      expect(text).not.toMatch(/undefined|\[object|=>/);
    });

    it('say how long to wait, and when something was', async () => {
      const { text } = await browser.get('/account', headers);
      const [, at = '', written] = /<time datetime="([^"]*)">([^<]*)<\/time>/.exec(text) ?? [];
      expect(written).toBe(words.format.time(at));
    });
  },
);

/** As much of another language as the page below needs. */
const arabic: Catalogue = {
  ...en,
  language: 'ar',
  locale: 'ar',
  dir: 'rtl',
  who: (name) => markup`تم تسجيل الدخول باسم ${name}`,
  goToAccount: 'الانتقال إلى حسابك',
  errorPages: { ...en.errorPages, wait: (wait) => `انتظر ${wait}` },
};

it('may be written from the right: a catalogue is all that it takes', () => {
  const words = wordsOf(arabic);
  const page = render(
    latchkey.app.get(Look),
    words,
    'error',
    {
      title: words.errorPages.wait(words.format.wait(91)),
      sentence: '',
      icon: null,
      waitSeconds: null,
      requestId: null,
      retryUrl: null,
      reauthUrl: null,
      toAccount: words.goToAccount,
      accountUrl: '/account',
      signInUrl: null,
      toSignIn: '',
      user: { displayName: 'Ada <Lovelace>', email: null },
    },
    [],
  );
  expect(page).toContain('<html lang="ar" dir="rtl">');
  expect(page).toContain('<h1>انتظر دقيقتان</h1>');
  expect(page).toContain(
    'تم تسجيل الدخول باسم <strong><bdi dir="auto">Ada &lt;Lovelace&gt;</bdi></strong>',
  );
  expect(page).toContain('href="/account">الانتقال إلى حسابك</a>');
  expect(words.format.list(['Google', 'X'])).toBe('Google وX');
});
