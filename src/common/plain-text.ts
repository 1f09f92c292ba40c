/**
 * What a terminal, a log viewer or a page may act upon instead of showing it: control characters (ESC begins a command:
 * ECMA-48), line and paragraph separators, the byte order mark, and the marks that change the direction of the
 * text around them (UAX #9 §2). Joiners are not among them: scripts and emoji need those.
 *
 * It is for `replace` and `replaceAll`: as it is global, `test` and `exec` would go on from where they last stopped.
 */
export const UNSAFE_CHARACTERS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Makes text from outside safe to be shown: what a terminal would act upon is written as an escape, such as `\u001b`. */
export function plain(text: string): string {
  return text.replace(UNSAFE_CHARACTERS, escaped);
}

/** All of them lie in the basic plane, so that four digits are enough, as in JSON (RFC 8259 §7). */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
