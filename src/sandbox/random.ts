import { randomBytes, randomInt } from 'node:crypto';

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
