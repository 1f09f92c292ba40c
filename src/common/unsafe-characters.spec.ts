import { describe, expect, it } from '@jest/globals';
import { escapeControlCharacters } from './unsafe-characters.js';

describe('escapeControlCharacters', () => {
  it.each([
    ['a command to the terminal', 'to \u001b[2Jx', 'to \\u001b[2Jx'],
    ['the ends of lines', 'one\r\ntwo\u2028three', 'one\\u000d\\u000atwo\\u2028three'],
    ['control characters beyond ASCII', '\u009b31m', '\\u009b31m'],
    [
      'marks that turn text around',
      '\u202eevil\u2069\u200f\u061c',
      '\\u202eevil\\u2069\\u200f\\u061c',
    ],
    ['a byte order mark', '\ufeffAda', '\\ufeffAda'],
  ])('escapes %s', (_what, text, shown) => {
    expect(escapeControlCharacters(text)).toBe(shown);
    // A second time: the character class keeps no place.
    expect(escapeControlCharacters(text)).toBe(shown);
  });

  it.each(['Ada Lovelace', 'Ёлка 你好 مريم', 'می\u200cخواهم', '👩‍💻', '“to”: …'])(
    'leaves %s unchanged',
    (text) => {
      expect(escapeControlCharacters(text)).toBe(text);
    },
  );

  it('preserves the value of a JSON text', () => {
    const value = { name: '\u202eevil\u001b' };
    expect(JSON.parse(escapeControlCharacters(JSON.stringify(value)))).toEqual(value);
  });
});
