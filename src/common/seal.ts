import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type * as z from 'zod';
import { parseJson } from './parse-json.js';
import { randomBytes } from './random.js';

/** Authenticated encryption for values kept in the browser, bound to one purpose. */
export interface Seal<T> {
  close(value: T): string;
  /** The value, or null when it was not sealed by us for this purpose, or does not match the schema. */
  open(sealed: string): T | null;
}

/** AES-256-GCM with a random nonce and the full tag (NIST SP 800-38D §8.2.2: at most 2^32 encryptions per key). */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Creates a seal whose keys are derived from the signing secrets (HKDF, RFC 5869), one per purpose. Sealed values are
 * base64url of nonce, tag and ciphertext. Uses node:crypto rather than JWE: the standard's library goes through
 * WebCrypto's thread pool, which costs a sign-in more than its database does.
 *
 * @param secrets newest first: the first one encrypts, all of them decrypt
 * @param purpose a value sealed for one purpose does not open for another
 * @param schema validates the decrypted value
 */
export function createSeal<T>(
  secrets: readonly string[],
  purpose: string,
  schema: z.ZodType<T>,
): Seal<T> {
  const keys = secrets.map((secret) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `latchkey ${purpose} v1`, 32))),
  );
  const [newest] = keys;
  if (newest === undefined) throw new Error('A seal needs a secret.');
  return {
    close: (value) => encrypt(JSON.stringify(value), newest),
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of keys) {
        const text = decrypt(bytes, key);
        if (text !== null) return schema.safeParse(parseJson(text)).data ?? null;
      }
      return null;
    },
  };
}

function encrypt(text: string, key: KeyObject): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const ciphertext = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...ciphertext]).toString('base64url');
}

function decrypt(bytes: Buffer, key: KeyObject): string | null {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
