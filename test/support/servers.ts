import { hash } from 'node:crypto';
import { signedIn } from './accounts.js';
import type { Browser } from './browser.js';
import { namesOf, setCookies } from './cookies.js';
import { freePort } from './free-port.mjs';
import { type Latchkey, startLatchkey } from './latchkey.js';
import { raw, type RawAnswer } from './raw.js';

/** Keys of two servers, as random as they have to be. */
export const WEB = 'kV3nX8qLr2TzY7wPc5GdMaF1iOhJ4wPz0RkX9vLs2Qe';
export const API = 'Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2Mq7';

export const withKey = (key: string = WEB) => ({ 'X-Latchkey-Service-Key': key });

/** The domain that the service shares with its siblings. */
export const DOMAIN = 'acme.localhost';

/** Starts the service as id.acme.localhost, with a cookie for all of acme.localhost, and servers that have keys. */
export async function startWithSiblings(
  overrides: Record<string, string | undefined> = {},
  before?: Latchkey,
): Promise<Latchkey> {
  const port = overrides['PORT'] ?? String(await freePort());
  return startLatchkey(
    {
      PORT: port,
      PUBLIC_URL: `http://id.${DOMAIN}:${port}`,
      COOKIE_DOMAIN: DOMAIN,
      SERVICE_KEYS: `web:${WEB},api:${API}`,
      ...overrides,
    },
    before,
  );
}

/** Somebody who has just signed in, and the cookies by which they can be known. */
export interface Visitor {
  browser: Browser;
  /** The session cookie, as a `Cookie` header has it. */
  full: string;
  /** The Domain cookie, likewise. */
  domain: string;
}

export async function visitor(
  latchkey: Latchkey,
  ...who: [] | Parameters<typeof signedIn>
): Promise<Visitor> {
  const browser = await (who.length === 0 ? signedIn(latchkey) : signedIn(...who));
  return { browser, ...(await cookiesOf(latchkey, browser)) };
}

export async function cookiesOf(
  latchkey: Latchkey,
  browser: Browser,
): Promise<Omit<Visitor, 'browser'>> {
  const names = namesOf(latchkey);
  const cookies = await browser.cookies();
  return {
    full: `${names.session}=${cookies[names.session]}`,
    domain: `${names.domain}=${cookies[names.domain]}`,
  };
}

/** Asks as a server does: nothing of a browser's but what it passes on. */
export function ask(
  { url }: Pick<Latchkey, 'url'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  return raw(`${url}${path}`, { headers });
}

/** Asks whom a `Cookie` header shows. */
export function introspect(
  { url }: Pick<Latchkey, 'url'>,
  cookie: string,
  headers: Record<string, string> = withKey(),
): Promise<RawAnswer> {
  return raw(`${url}/auth/introspect`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ cookie }),
  });
}

/** The lines that set or expire the Domain cookie. */
export function domainCookies(
  latchkey: Latchkey,
  response: Parameters<typeof setCookies>[0],
): string[] {
  return setCookies(response).filter((line) => line.startsWith(`${namesOf(latchkey).domain}=`));
}

export const hashOf = (text: string) => hash('sha256', text, 'base64url');
