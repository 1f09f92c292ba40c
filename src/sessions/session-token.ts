import { hash } from 'node:crypto';

/** The form in which a session id is stored. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
