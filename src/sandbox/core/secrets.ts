import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @param bytes how many random bytes; the text is a third longer */
export function randomBase64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** @param bytes how many random bytes; the text is twice as long */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Letters and digits only, as in X's and Facebook's tokens. */
export function randomAlphanumeric(length: number): string {
  let text = '';
  while (text.length < length) text += alphanumerics.charAt(randomInt(alphanumerics.length));
  return text;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}
