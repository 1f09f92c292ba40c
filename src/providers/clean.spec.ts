import { describe, expect, it } from '@jest/globals';
import { cleanEmail, cleanName, cleanUrl, isTrue, nameFrom } from './clean.js';

const strangers: [unknown][] = [[undefined], [null], [7], [true], [['Ada']], [{ name: 'Ada' }]];

describe('cleanName', () => {
  it.each([
    ['a name', 'Ada Lovelace', 'Ada Lovelace'],
    ['spaces around and within', '  Ada \t\n  Lovelace ', 'Ada Lovelace'],
    ['markup, which is text', '<b>Ada</b> & "co"', '<b>Ada</b> & "co"'],
    ['a template, which is text', '<%= 7*7 %>${7*7}{{7*7}}', '<%= 7*7 %>${7*7}{{7*7}}'],
    ['letters of every script', 'Ёлка 你好 مريم', 'Ёлка 你好 مريم'],
    ['composed letters', 'Ame\u0301lie', 'Amélie'],
    ['control characters', 'A\u0000d\u0007a\u001b[31m\u009f', 'A d a [31m'],
    ['line separators', 'Ada\u2028Lovelace\u2029', 'Ada Lovelace'],
    ['marks that turn text around', '\u202eada\u202c \u2066x\u2069\u200f\u061c', 'ada x'],
    ['a byte order mark', '\ufeffAda', 'Ada'],
    ['half of a surrogate pair', 'Ada\ud83d', 'Ada\ufffd'],
    ['an emoji of several letters', '👩‍💻 Ada', '👩‍💻 Ada'],
  ])('sanitises %s', (_name, value, expected) => {
    expect(cleanName(value)).toBe(expected);
  });

  it.each([[''], ['   '], ['\u0000'], ['\u202e\u202c'], ...strangers])(
    'returns null for %j',
    (value) => {
      expect(cleanName(value)).toBeNull();
    },
  );

  it.each([
    ['a Hangul filler', '\u3164'],
    ['halfwidth and Jamo fillers', '\uffa0\u115f\u1160'],
    ['blank Braille', '\u2800 \u2800'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['tag characters', '\u{e0041}\u{e0064}\u{e0061}\u{e007f}'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['a soft hyphen and a joiner of marks', '\u00ad\u034f'],
    ['interlinear marks and an object’s place', '\ufff9\ufffb\ufffc'],
    ['a note without a head', '\u{1d159}'],
    ['all of them, with spaces', ' \u3164 \u2800\u3000\u180e\u2063 '],
    ['more of it than is kept', `${'\u3164'.repeat(200)}Ada`],
  ])('is no name with nothing visible: %s', (_name, value) => {
    expect(cleanName(value)).toBeNull();
  });

  it.each([
    'می\u200cخواهم',
    '👩\u200d💻',
    '❤\ufe0f',
    '🏴\u{e0067}\u{e0062}\u{e007f}',
    '\u3164Ada',
    '.',
  ])('leaves what is visible, and what that needs: %j', (value) => {
    expect(cleanName(value)).toBe(value);
  });

  it('truncates to 200 characters, never within one', () => {
    expect(cleanName('x'.repeat(100_000))).toBe('x'.repeat(200));
    expect(cleanName('👩'.repeat(300))).toBe('👩'.repeat(200));
    expect(cleanName(`${'x'.repeat(199)} y`)).toBe('x'.repeat(199));
  });
});

describe('nameFrom', () => {
  it.each([
    ['a whole name', ['Ada King', 'Ada', 'Lovelace'], 'Ada King'],
    ['parts', [undefined, 'Ada', 'Lovelace'], 'Ada Lovelace'],
    ['parts beside an invisible whole', ['\u3164', 'Ada', 'Lovelace'], 'Ada Lovelace'],
    ['one part', [null, ' 美咲 ', undefined], '美咲'],
    ['an invisible part', [undefined, 'Ada', '\u200b'], 'Ada'],
    ['parts that are no text', [undefined, { first: 'Ada' }, ['Lovelace']], null],
    ['nothing where the whole is no text', [{}, 'Ada'], null],
    ['nothing', [undefined, undefined], null],
  ])('takes %s', (_name, [whole, ...parts], expected) => {
    expect(nameFrom(whole, ...parts)).toBe(expected);
  });
});

describe('isTrue', () => {
  it.each([true, 'true'])('takes %j', (value) => expect(isTrue(value)).toBe(true));

  it.each([false, 'false', 1, '1', 'TRUE ', null, undefined, [true], {}])('not %j', (value) =>
    expect(isTrue(value)).toBe(false),
  );
});

describe('cleanEmail', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    [' Ada+tag@Example.COM ', 'Ada+tag@Example.COM'],
    ['用户@例子.test', '用户@例子.test'],
    ["o'brien@example.com", "o'brien@example.com"],
    [`${'a'.repeat(64)}@${'b'.repeat(189)}`, `${'a'.repeat(64)}@${'b'.repeat(189)}`],
  ])('accepts %s', (value, expected) => {
    expect(cleanEmail(value)).toBe(expected);
  });

  it.each([
    ['ada'],
    ['@example.com'],
    ['ada@'],
    ['ada@b@example.com'],
    ['ada @example.com'],
    ['ada@exa mple.com'],
    ['ada@example.com\r\nBcc: all@example.com'],
    ['ada\u0000@example.com'],
    ['ada\u202e@example.com'],
    ['<ada@example.com>'],
    ['"ada"@example.com'],
    [`${'a'.repeat(65)}@example.com`],
    [`a@${'b'.repeat(253)}`],
    [''],
    ...strangers,
  ] as [unknown][])('rejects %j', (value) => {
    expect(cleanEmail(value)).toBeNull();
  });
});

describe('cleanUrl', () => {
  it.each([
    ['https://lh3.googleusercontent.com/a/x=s96-c', 'https://lh3.googleusercontent.com/a/x=s96-c'],
    ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
    ['https://example.com/"><script>', 'https://example.com/%22%3E%3Cscript%3E'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    [' https://example.com/x\n', 'https://example.com/x'],
    ['https://example.com/?a=1&b=2#c', 'https://example.com/?a=1&b=2#c'],
  ])('accepts %j', (value, expected) => {
    expect(cleanUrl(value, null)).toBe(expected);
  });

  it.each([
    ['http://example.com/x.png'],
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['java\nscript:alert(1)'],
    ['data:image/svg+xml,<svg onload=alert(1)>'],
    ['blob:https://example.com/x'],
    ['file:///etc/passwd'],
    ['//example.com/x.png'],
    ['/x.png'],
    ['x.png'],
    ['https://user:word@example.com/'],
    ['https://user@example.com/'],
    [`https://example.com/${'x'.repeat(2048)}`],
    [`https://example.com/${'"'.repeat(1000)}`],
    [''],
    ...strangers,
  ] as [unknown][])('rejects %j', (value) => {
    expect(cleanUrl(value, null)).toBeNull();
  });
});
