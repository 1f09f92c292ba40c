import { errorIn, LatchkeyError } from './errors.js';
import { beginHandover, type Handover } from './pkce.js';
import { baseOf, queryOf, send, sendForJson, withJson } from './request.js';
import type { ExchangedSession, ProviderId, SignInStart, User } from './types.js';

export type { ErrorDetails } from './errors.js';
export type { Handover } from './pkce.js';
export type * from './types.js';
export { LatchkeyError };

/** A sign-in that is on its way: open `url` in the system's browser, and keep the rest until it is back. */
export interface Begun extends Handover {
  readonly url: string;
}

export interface NativeSignInOptions {
  /** Where the code comes to: one of `HANDOVER_TARGETS`, such as `com.example.app:/callback`. */
  readonly target: string;
  readonly prompt?: 'login' | 'select_account' | undefined;
  readonly loginHint?: string | undefined;
}

/** For apps, desktop programs and command lines: a one-time code with PKCE, then a session as a token. */
export interface LatchkeyNative {
  readonly baseUrl: string;
  begin: (provider: ProviderId, options: NativeSignInOptions) => Promise<Begun>;
  /**
   * Exchanges the code that has come back.
   *
   * @param address what the browser was sent to: the target, with `code`, `state` and `iss`
   * @throws LatchkeyError with the code that it ended in; `invalid_state` where it belongs to another sign-in
   */
  finish: (begun: Handover, address: string) => Promise<ExchangedSession>;
  /** @throws LatchkeyError `unauthenticated` when the session has ended */
  user: (sessionToken: string) => Promise<User>;
  signOut: (sessionToken: string) => Promise<void>;
  /** Begins a step-up: `complete` it with the same token. */
  stepUp: (sessionToken: string, provider: ProviderId, target: string) => Promise<Begun>;
  /** Begins connecting another provider, after a step-up: `complete` it with the same token. */
  link: (sessionToken: string, provider: ProviderId, target: string) => Promise<Begun>;
  complete: (sessionToken: string, begun: Handover, address: string) => Promise<void>;
}

const as = (sessionToken: string) => ({ Authorization: `Bearer ${sessionToken}` });

export function createLatchkeyNative({ baseUrl }: { readonly baseUrl: string }): LatchkeyNative {
  const base = baseOf(baseUrl);
  /** The code of an answer, where it is the answer to this and of this service (RFC 9207). */
  function codeOf({ state }: Handover, address: string): string {
    const { search, searchParams: query } = new URL(address);
    const code = query.get('code');
    const isOurs = query.get('state') === state && query.get('iss') === base;
    const error = isOurs ? errorIn(search) : null;
    if (error !== null) throw error;
    if (isOurs && code !== null) return code;
    throw new LatchkeyError('invalid_state', 'The answer belongs to another sign-in.', {});
  }

  async function ask(sessionToken: string, path: string, target: string): Promise<Begun> {
    const { handover, fields } = await beginHandover(target);
    const { url } = await sendForJson<SignInStart>(base + path, withJson(fields, as(sessionToken)));
    return { ...handover, url };
  }

  return {
    baseUrl: base,
    async begin(provider, { target, prompt, loginHint }) {
      const { handover, fields } = await beginHandover(target);
      const query = queryOf({ ...fields, prompt, login_hint: loginHint });
      return { ...handover, url: `${base}/auth/${provider}${query}` };
    },
    async finish(begun, address) {
      const { target, codeVerifier } = begun;
      const exchange = { code: codeOf(begun, address), codeVerifier, target };
      return sendForJson(`${base}/auth/session/exchange`, withJson(exchange));
    },
    user: (sessionToken) => sendForJson(`${base}/users/me`, { headers: as(sessionToken) }),
    async signOut(sessionToken) {
      await send(`${base}/auth/logout`, { method: 'POST', headers: as(sessionToken) });
    },
    stepUp: (token, provider, target) => ask(token, `/auth/${provider}/reauthenticate`, target),
    link: (token, provider, target) => ask(token, `/auth/${provider}/link`, target),
    async complete(sessionToken, begun, address) {
      const completion = { code: codeOf(begun, address), codeVerifier: begun.codeVerifier };
      await send(`${base}/auth/session/complete`, withJson(completion, as(sessionToken)));
    },
  };
}
