import { createHash } from 'node:crypto';
import { sign } from 'cookie-signature';
import type { Response } from 'supertest';
import type { Latchkey } from './latchkey.js';

/** The names of a service's cookies, and what an attempt's begin with. They follow from its public address. */
export function namesOf({
  url,
  environment,
}: Pick<Latchkey, 'url'> & Partial<Pick<Latchkey, 'environment'>>) {
  const { href, protocol, port, pathname } = new URL(environment?.['PUBLIC_URL'] ?? url);
  const address = href.replace(/\/$/, '');
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 8);
  const service = port === '' && pathname === '/' ? 'latchkey' : `latchkey-${hash}`;
  const session = protocol === 'https:' ? `__Host-${service}` : service;
  return {
    session,
    pending: `${session}-pending`,
    handover: `${session}-handover`,
    domain: protocol === 'https:' ? `__Secure-${service}` : `${service}-domain`,
    attempt: `${session}-attempt-`,
  };
}

/** The value of the session cookie among a browser's. */
export function sessionAmong(cookies: Record<string, string>): string | undefined {
  return Object.entries(cookies).find(([name]) =>
    /^(?:__Host-)?latchkey(?:-[\da-f]{8})?$/.test(name),
  )?.[1];
}

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
