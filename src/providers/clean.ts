import { UNSAFE_CHARACTERS } from '../common/unsafe-characters.js';

const MAX_NAME = 200;
const MAX_EMAIL = 254;
const MAX_URL = 2048;

/**
 * Sanitises a display name: one line, at most 200 characters, without control and bidirectional formatting characters.
 * Markup is kept: it is text, and is escaped on output.
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
  return text === '' ? null : Array.from(text).slice(0, MAX_NAME).join('').trim();
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

/** Only https URLs without credentials: others could execute, or leak, where a front end embeds them. */
export function cleanUrl(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_URL || !URL.canParse(value)) return null;
  const url = new URL(value);
  const safe = url.protocol === 'https:' && url.username === '' && url.password === '';
  return safe && url.href.length <= MAX_URL ? url.href : null;
}
