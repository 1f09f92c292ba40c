import { accountActions, type Destinations, NOBODY } from './account.js';
import type { Latchkey, NavigationOptions, PopupOptions, SignInOptions } from './contract.js';
import { errorIn, LatchkeyError } from './errors.js';
import { baseOf, queryOf, sendForJson, withJson } from './request.js';
import { sessionStore } from './session-store.js';
import { here } from './step-up.js';
import { finishPopup, marked, openPopup } from './tabs.js';
import type { AccessToken, CurrentSession, Provider, ProviderId, User } from './types.js';

export type { Destinations, Resumed } from './account.js';
export type * from './contract.js';
export type { ErrorDetails } from './errors.js';
export type { SessionListener } from './session-store.js';
export type * from './types.js';
export { finishPopup, LatchkeyError };

/** What an address says of a sign-in that has failed; null where there was none. */
export function readError(address: { readonly search: string } = location): LatchkeyError | null {
  return errorIn(address.search);
}

const inBrowser = typeof document !== 'undefined';

const absolute = (page = here()) => new URL(page, location.href).href;

/** Addresses are meant as the page has them, which is somewhere else than Latchkey; where one is not named, it is this page. */
function fromHere<Options extends Destinations>(options: Options): Options {
  if (!inBrowser) return options;
  const { returnTo, errorTo } = options;
  return { ...options, returnTo: absolute(returnTo), errorTo: absolute(errorTo) };
}

/** @param options.baseUrl Latchkey's `PUBLIC_URL`, with its path if it has one */
export function createLatchkey({ baseUrl }: { readonly baseUrl: string }): Latchkey {
  const base = baseOf(baseUrl);
  const read = <Body>(path: string, init?: RequestInit) =>
    sendForJson<Body>(base + path, { ...init, credentials: 'include' });
  const store = sessionStore(base, () => read<CurrentSession>('/auth/session'));
  const { act, request, change, resume } = accountActions(base, store);
  const tokens = new Map<string, AccessToken>();
  let providers: Promise<Provider[]> | undefined;

  const userId = () => store.known()?.user?.id;

  function signInUrl(provider: ProviderId, options: SignInOptions = {}): string {
    const { returnTo, errorTo, state, prompt, loginHint } = fromHere(options);
    const query = { returnTo, errorTo, state, prompt, login_hint: loginHint };
    return `${base}/auth/${encodeURIComponent(provider)}${queryOf(query)}`;
  }

  async function signInByPopup(provider: ProviderId, options: PopupOptions) {
    options.signal?.throwIfAborted();
    const { returnTo = here(), errorTo = returnTo } = fromHere(options);
    const waiting = openPopup((mark) => {
      const back = { returnTo: marked(returnTo, mark), errorTo: marked(errorTo, mark) };
      return signInUrl(provider, { ...options, ...back });
    }, options.signal);
    if (waiting === null) {
      // Blocked. The page that a popup returns to is none to go on from.
      location.assign(signInUrl(provider, { ...options, returnTo: here(), errorTo: here() }));
      return new Promise<never>(() => {});
    }
    const error = errorIn(await waiting);
    if (error !== null) throw error;
    return store.changed();
  }

  function signIn(provider: ProviderId, options?: NavigationOptions): void;
  function signIn(provider: ProviderId, options: PopupOptions): Promise<CurrentSession>;
  function signIn(provider: ProviderId, options: NavigationOptions | PopupOptions = {}) {
    if (options.popup === true) return signInByPopup(provider, options);
    return location.assign(signInUrl(provider, options));
  }

  async function token(audience = ''): Promise<string> {
    const key = `${userId()} ${audience}`;
    const kept = tokens.get(key);
    if (kept !== undefined && Date.parse(kept.expiresAt) > Date.now() + 30_000) {
      return kept.accessToken;
    }
    const asked = withJson(audience === '' ? {} : { audience });
    const given = await read<AccessToken>('/auth/token', asked);
    tokens.set(key, given);
    return given.accessToken;
  }

  return {
    baseUrl: base,
    get known() {
      return store.known();
    },
    resumed: inBrowser && !finishPopup() ? resume() : Promise.resolve(null),
    session: store.read,
    onChange: store.onChange,
    providers: () =>
      (providers ??= read<Provider[]>('/auth/providers').catch((error: unknown) => {
        providers = undefined;
        throw error;
      })),
    signInUrl,
    signIn,
    async signOut() {
      await request('POST', '/auth/logout', {});
      tokens.clear();
      await store.changed(NOBODY);
    },
    link(provider, options = {}) {
      const { returnTo, errorTo, state } = fromHere(options);
      return act('link', { provider, returnTo, errorTo, state });
    },
    unlink: (provider) => act('unlink', { provider }),
    acknowledge: (provider) =>
      change('POST', `/users/me/identities/${provider}/acknowledge`, { user: userId() }),
    pendingLink: {
      confirm: () => act('confirmPendingLink', undefined),
      separate: () => change('POST', '/auth/pending-link', { decision: 'separate' }),
      decline: () => change('DELETE', '/auth/pending-link', { user: userId() }),
    },
    sessions: {
      list: () => read('/users/me/sessions'),
      end: (id) => act('endSession', { id }),
      endOthers: () => act('endOtherSessions', undefined),
    },
    activity: ({ limit, cursor } = {}) =>
      read(`/users/me/activity${queryOf({ limit: limit?.toString(), cursor })}`),
    async updateUser(changes) {
      const path = `/users/me${queryOf({ user: userId() })}`;
      const user = await read<User>(path, { ...withJson(changes), method: 'PATCH' });
      await store.changed();
      return user;
    },
    exportData: () => act('exportData', undefined),
    deleteAccount: () => act('deleteAccount', undefined),
    token,
  };
}
