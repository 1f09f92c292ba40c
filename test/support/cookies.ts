import { sign } from 'cookie-signature';
import type { Response } from 'supertest';

/** The Set-Cookie headers of an answer. */
export function setCookies({ headers }: Response): string[] {
  return ([] as string[]).concat(headers['set-cookie'] ?? []);
}

/** One cookie of an answer: its value as a browser sends it back, and its flags. */
export function cookieOf(response: Response, name: string): { value: string; flags: string[] } {
  const header = setCookies(response).find((each) => each.startsWith(`${name}=`));
  if (header === undefined) throw new Error(`No cookie ${name} in a ${response.status} answer`);
  const [pair = '', ...flags] = header.split('; ');
  return { value: pair.slice(name.length + 1), flags };
}

/** A session cookie's value, signed with a secret. */
export function signedCookie(sessionId: string, secret: string): string {
  return encodeURIComponent(`s:${sign(sessionId, secret)}`);
}
