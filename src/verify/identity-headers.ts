import type { SignedInSession } from '../sessions/signed-in-session.js';
import { isVerified } from '../users/email-key.js';

/**
 * What whoever stands behind a proxy is told of the person: always all of them, so that none that a client has sent is
 * left standing. An address that nobody vouches for is none.
 */
export function identityHeaders({
  userId,
  user,
  provider,
}: SignedInSession): Record<string, string> {
  const isEmailVerified = isVerified(user.email_trust);
  return {
    'X-Latchkey-User': userId,
    'X-Latchkey-Name': encodeHeader(user.display_name),
    'X-Latchkey-Email': isEmailVerified ? encodeHeader(user.email ?? '') : '',
    'X-Latchkey-Email-Verified': String(isEmailVerified),
    'X-Latchkey-Provider': provider,
  };
}

/** UTF-8 with `%`, and every byte that is not printable ASCII, percent-encoded: `decodeURIComponent` reads it. */
export function encodeHeader(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
