import { hash } from 'node:crypto';

/** The form in which a secret is stored that others have: a session id, a code, what is in a cookie. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
