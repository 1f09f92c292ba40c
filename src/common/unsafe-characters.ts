/**
 * Characters that a terminal, a log viewer or a page may interpret: control characters (ESC begins a control sequence:
 * ECMA-48), line and paragraph separators, the byte order mark, and bidirectional formatting characters (UAX #9 §2).
 * Joiners are not included: scripts and emoji need them.
 *
 * For `replace` and `replaceAll` only: being global, `test` and `exec` would keep their `lastIndex`.
 */
export const UNSAFE_CHARACTERS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Escapes untrusted text for display, such as ESC as `\u001b`. */
export function escapeControlCharacters(text: string): string {
  return text.replace(UNSAFE_CHARACTERS, escaped);
}

/** All of them are in the basic multilingual plane, so four digits suffice, as in JSON (RFC 8259 §7). */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
