import { describe, expect, it } from '@jest/globals';
import { cleanEmail, cleanName, cleanUrl } from './clean.js';

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

  it('truncates to 200 characters, never within one', () => {
    expect(cleanName('x'.repeat(100_000))).toBe('x'.repeat(200));
    expect(cleanName('👩'.repeat(300))).toBe('👩'.repeat(200));
    expect(cleanName(`${'x'.repeat(199)} y`)).toBe('x'.repeat(199));
  });
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
    expect(cleanUrl(value)).toBe(expected);
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
    expect(cleanUrl(value)).toBeNull();
  });
});
