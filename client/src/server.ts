import { LatchkeyError } from './errors.js';
import { type TokenClaims, tokenVerifier } from './jwt.js';
import { checkedKey, keyCheck } from './key-check.js';
import { beginHandover } from './pkce.js';
import { baseOf, sendForJson, withJson } from './request.js';
import type { ExchangedSession, Introspection } from './types.js';

export type { ErrorDetails } from './errors.js';
export type { TokenClaims } from './jwt.js';
export type { Handover, HandoverFields } from './pkce.js';
export type * from './types.js';
export { beginHandover, LatchkeyError };

export interface ServerOptions {
  /** Latchkey's `PUBLIC_URL`, with its path if it has one. */
  readonly baseUrl: string;
  /** For `getSession`: this server's of `SERVICE_KEYS`. It never gets to a browser. */
  readonly serviceKey?: string | undefined;
  /** For `verifyToken`: this API as it stands in `TOKEN_AUDIENCES`. */
  readonly audience?: string | undefined;
  /** Where this server reaches Latchkey, if not at `baseUrl`: such as `http://127.0.0.1:3000`, with its path. */
  readonly internalUrl?: string | undefined;
  /** How long an answer may take, in milliseconds; 5,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Your own sign-in page, whole: it gets `returnTo` in its query. By default it is Latchkey's, which `PAGES=off` removes. */
  readonly signInPage?: string | undefined;
}

/** Who is signed in, as a server may know it. */
export type ServerSession = Omit<Extract<Introspection, { active: true }>, 'active'>;

/** A request with headers: of Fetch, or of Node. */
export interface WithHeaders {
  readonly headers: HeadersOfFetch | { readonly cookie?: string | undefined };
}

interface HeadersOfFetch {
  get(name: string): string | null;
}

export interface LatchkeyServer {
  readonly baseUrl: string;
  /**
   * Who is signed in in the browser that has sent a request; null for nobody. Sends on no other cookies than Latchkey's,
   * and asks nobody about a request without them, but for the first, to see that the key is right.
   *
   * @param from.clientAddress the browser's address, not a proxy's: what is asked is counted and recorded for it
   * @throws LatchkeyError when it cannot be known: that is not “signed out”
   */
  getSession: (
    request: WithHeaders,
    from?: { readonly clientAddress?: string | undefined },
  ) => Promise<ServerSession | null>;
  /** Exchanges a one-time code for a session of its own, on another site. */
  exchange: (answer: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly target: string;
  }) => Promise<ExchangedSession>;
  /**
   * What a token says that is for this API.
   *
   * @throws LatchkeyError `unauthenticated` when it is not good; anything else: its keys cannot be had
   */
  verifyToken: (token: string) => Promise<TokenClaims>;
  /** The sign-in page's URL; it redirects back to `returnTo`, an absolute URL. */
  signInPage: (returnTo: string) => string;
}

export function createLatchkeyServer(options: ServerOptions): LatchkeyServer {
  const { audience, timeoutMs = 5000 } = options;
  const serviceKey = checkedKey(options.serviceKey);
  const base = baseOf(options.baseUrl);
  const signInPage = pageOf(options.signInPage ?? `${base}/`);
  const internal = baseOf(options.internalUrl ?? base);
  const cookies = cookieNames(base);
  // A redirect would take the key, or the code, to wherever it leads.
  const init = (): RequestInit => ({
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const verify =
    audience === undefined
      ? null
      : tokenVerifier(
          { issuer: base, audience, keysUrl: `${internal}/.well-known/jwks.json` },
          init,
        );

  async function introspect(cookie: string, clientAddress?: string): Promise<Introspection> {
    const headers = {
      'X-Latchkey-Service-Key': serviceKey ?? '',
      ...(clientAddress !== undefined && { 'X-Latchkey-Client-Address': clientAddress }),
    };
    return sendForJson(`${internal}/auth/introspect`, {
      ...init(),
      ...withJson({ cookie }, headers),
    });
  }

  const checkKey = keyCheck(() => introspect(''));

  return {
    baseUrl: base,
    async getSession(request, { clientAddress } = {}) {
      if (serviceKey === undefined) {
        throw new TypeError('getSession needs serviceKey, one of SERVICE_KEYS.');
      }
      const cookie = ownCookies(request, await cookies);
      if (cookie === '') {
        await checkKey();
        return null;
      }
      const answer = await introspect(cookie, clientAddress);
      return answer.active ? { user: answer.user, session: answer.session } : null;
    },
    exchange: ({ code, codeVerifier, target }) =>
      sendForJson(`${internal}/auth/session/exchange`, {
        ...init(),
        ...withJson({ code, codeVerifier, target }),
      }),
    async verifyToken(token) {
      if (verify === null) throw new TypeError('verifyToken needs audience, of TOKEN_AUDIENCES.');
      return verify(token);
    },
    signInPage(returnTo) {
      const page = new URL(signInPage);
      page.searchParams.set('returnTo', returnTo);
      return page.href;
    },
  };
}

function pageOf(page: string): string {
  if (/^https?:\/\//i.test(page) && URL.canParse(page)) return page;
  throw new TypeError('signInPage has to be whole, such as https://app.example.com/sign-in');
}

/** The session's cookies at a service, whose names follow from its address (`src/sessions/session-cookie.ts`). */
async function cookieNames(base: string): Promise<ReadonlySet<string>> {
  const { protocol, port, pathname } = new URL(base);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(base));
  const hash = Array.from(new Uint8Array(digest).subarray(0, 4), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const service = port === '' && pathname === '/' ? 'latchkey' : `latchkey-${hash}`;
  const secure = [`__Host-${service}`, `__Secure-${service}`];
  return new Set(protocol === 'https:' ? secure : [service, `${service}-domain`]);
}

/** What of a request's `Cookie` header is Latchkey's, as it came: where one is there twice, Latchkey judges. */
function ownCookies({ headers }: WithHeaders, names: ReadonlySet<string>): string {
  // A header may be called `get`.
  const isOfFetch = 'get' in headers && typeof headers.get === 'function';
  const header = isOfFetch ? headers.get('cookie') : 'cookie' in headers ? headers.cookie : null;
  return (header ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => names.has(cookie.split('=', 1)[0] ?? ''))
    .join('; ');
}
