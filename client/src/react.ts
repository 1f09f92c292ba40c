'use client';

import {
  createContext,
  createElement,
  Fragment,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { CurrentSession, Latchkey, PopupOptions, Provider, SignInOptions } from './index.js';
import { signInLabel } from './label.js';

interface Shared {
  readonly latchkey: Latchkey;
  readonly failure: unknown;
  readonly ask: () => void;
}

const Context = createContext<Shared | null>(null);

function useShared(): Shared {
  const shared = useContext(Context);
  if (shared === null) throw new Error('Put <LatchkeyProvider latchkey={…}> around this.');
  return shared;
}

/** Whose session the components below show. It asks once when it appears. */
export function LatchkeyProvider(props: {
  readonly latchkey: Latchkey;
  readonly children?: ReactNode;
}): ReactNode {
  const { latchkey, children } = props;
  const [failure, setFailure] = useState<unknown>(null);
  const shared = useMemo(() => {
    const ask = () => void latchkey.session().then(() => setFailure(null), setFailure);
    return { latchkey, failure, ask };
  }, [latchkey, failure]);
  useEffect(() => {
    latchkey.session().then(() => setFailure(null), setFailure);
  }, [latchkey]);
  return createElement(Context.Provider, { value: shared }, children);
}

/** The client of the provider above. */
export function useLatchkey(): Latchkey {
  return useShared().latchkey;
}

type Signed = Pick<CurrentSession, 'newIdentities' | 'pendingLink'>;

/** Who is signed in, as a `status` to switch over. */
export type SessionState =
  | { readonly status: 'loading' }
  | ({ readonly status: 'signedIn' } & Extract<CurrentSession, { user: object }>)
  | ({ readonly status: 'signedOut' } & Signed)
  /** It could not be known: that is not “signed out”. `retry` asks again. */
  | { readonly status: 'failed'; readonly error: unknown; readonly retry: () => void };

const LOADING: SessionState = { status: 'loading' };

/** Renders again whenever who is signed in changes, by this tab or another. */
export function useSession(): SessionState {
  const { latchkey, failure, ask } = useShared();
  const known = useSyncExternalStore(
    latchkey.onChange,
    () => latchkey.known,
    () => null,
  );
  return useMemo(() => {
    if (known?.user) return { status: 'signedIn', ...known };
    if (known) {
      const { newIdentities, pendingLink } = known;
      return { status: 'signedOut', newIdentities, pendingLink };
    }
    return failure === null ? LOADING : { status: 'failed', error: failure, retry: ask };
  }, [known, failure, ask]);
}

export interface SignInButtonsProps extends SignInOptions, Pick<PopupOptions, 'signal'> {
  /** Signs in in a popup; `returnTo` is then the page that calls `finishPopup()`. */
  readonly popup?: boolean | undefined;
  /** The language of the links, as a tag (BCP 47), such as `navigator.language`; English by default. */
  readonly locale?: string | undefined;
  /** What a link says, if not “Continue with Google” in that language. */
  readonly children?: ((provider: Provider) => ReactNode) | undefined;
  readonly className?: string | undefined;
  /** Hears of a popup's sign-in that failed, and of providers that could not be asked for. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A link for each provider, without a style: each has `data-provider`. */
export function SignInButtons(props: SignInButtonsProps): ReactNode {
  const { popup = false, locale, children, className, onError, ...options } = props;
  const latchkey = useLatchkey();
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  useEffect(() => {
    latchkey.providers().then(setProviders, (error: unknown) => onError?.(error));
    // Whoever renders may make `onError` anew each time.
  }, [latchkey]);

  const openPopup = (event: MouseEvent, { id }: Provider) => {
    // A click that opens a tab, or anything else than a click, is the link's own.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    latchkey.signIn(id, { ...options, popup: true }).catch((error: unknown) => onError?.(error));
  };

  const links = providers.map((provider) =>
    createElement(
      'a',
      {
        key: provider.id,
        // Where a link is opened in a tab of its own, the page that ends a popup is none to go on from.
        href: latchkey.signInUrl(
          provider.id,
          popup ? { ...options, returnTo: undefined } : options,
        ),
        className,
        'data-provider': provider.id,
        ...(popup && { onClick: (event: MouseEvent) => openPopup(event, provider) }),
      },
      children?.(provider) ?? signInLabel(provider.label, locale),
    ),
  );
  return createElement(Fragment, null, links);
}
