import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { z } from 'zod';

/** Seals values for a browser to keep: it can neither read nor change them, nor use one for another purpose. */
export interface Seal<T> {
  close(value: T): Promise<string>;
  /** The value, or null when it was not sealed by us for this purpose, or is not of the shape that it must have. */
  open(sealed: string): Promise<T | null>;
}

/**
 * Makes a seal: authenticated encryption (JWE with A256GCM, RFC 7516) under keys derived from the signing secrets
 * (HKDF, RFC 5869), one for each purpose.
 *
 * @param secrets newest first: the first closes, all of them open
 * @param purpose names what is sealed; a value sealed for one purpose does not open for another
 * @param schema what an opened value has to be
 */
export function createSeal<T>(
  secrets: readonly string[],
  purpose: string,
  schema: z.ZodType<T>,
): Seal<T> {
  const keys = secrets.map(
    (secret) => new Uint8Array(hkdfSync('sha256', secret, '', `latchkey ${purpose} v1`, 32)),
  );
  const [newest = new Uint8Array()] = keys;
  return {
    close: (value) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(newest),
    async open(sealed) {
      for (const key of keys) {
        const text = await decrypt(sealed, key);
        if (text !== null) return schema.safeParse(JSON.parse(text)).data ?? null;
      }
      return null;
    },
  };
}

async function decrypt(sealed: string, key: Uint8Array): Promise<string | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    return null;
  }
}
