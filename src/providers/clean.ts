import { UNSAFE_CHARACTERS } from '../common/unsafe-characters.js';

export const MAX_NAME = 200;
const MAX_EMAIL = 254;
const MAX_URL = 2048;

/**
 * What shows as nothing, or as a blank: what Unicode says to ignore (fillers such as U+3164, zero-width and tag
 * characters, variation selectors), format characters, and three blanks that it counts among the symbols.
 */
const INVISIBLE = /^[\p{DI}\p{Cf}\s\u2800\ufffc\u{1d159}]*$/u;

/**
 * Sanitises a display name: one line, at most 200 characters, without control and bidirectional formatting characters.
 * Markup is kept: it is text, and is escaped on output. A name with nothing visible is none.
 */
export function cleanName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, MAX_NAME * 10)
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE_CHARACTERS, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const name = Array.from(text).slice(0, MAX_NAME).join('').trim();
  return INVISIBLE.test(name) ? null : name;
}

/** A display name that comes whole, or else in parts. A whole one that is no text is malformed, as its parts may be. */
export function nameFrom(whole: unknown, ...parts: unknown[]): string | null {
  if (typeof (whole ?? '') !== 'string') return null;
  const visible = parts.map(cleanName).filter((part) => part !== null);
  return cleanName(whole) ?? cleanName(visible.join(' '));
}

/** Whether a flag is set: some write it as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/**
 * A syntactically plausible address: a local part, one @, a domain; no spaces or control characters (RFC 5321
 * §4.5.3.1).
 */
export function cleanEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const address = value.trim();
  const plausible = /^[^\s@<>"\p{C}]{1,64}@[^\s@<>"\p{C}]+$/u.test(address);
  return plausible && address.length <= MAX_EMAIL ? address : null;
}

/**
 * Only https URLs without credentials: others could execute, or leak, where a front end embeds them.
 *
 * @param local an origin of this machine that need not have https
 */
export function cleanUrl(value: unknown, local: string | null): string | null {
  if (typeof value !== 'string' || value.length > MAX_URL || !URL.canParse(value)) return null;
  const url = new URL(value);
  const isSafe = url.protocol === 'https:' || url.origin === local;
  const safe = isSafe && url.username === '' && url.password === '';
  return safe && url.href.length <= MAX_URL ? url.href : null;
}
