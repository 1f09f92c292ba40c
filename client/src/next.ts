import type { LatchkeyServer, ServerSession } from './server.js';

interface ReadHeaders {
  get(name: string): string | null;
}

export interface LatchkeyNext {
  /** Who is signed in, in a server component, a route handler or a server action; null for nobody. */
  getSession: () => Promise<ServerSession | null>;
  /**
   * The same for a protected page: redirects to sign-in and back where nobody is signed in, to the server's `signInPage`.
   *
   * @param path where in the application to come back to
   */
  requireSession: (path: string) => Promise<ServerSession>;
}

export interface NextOptions {
  /** Where the application is for browsers, such as `https://app.example.com`. */
  readonly appUrl: string;
  /** `headers` of `next/headers`. */
  readonly headers: () => ReadHeaders | Promise<ReadHeaders>;
  /** `redirect` of `next/navigation`. */
  readonly redirect: (url: string) => never;
  /** The header in which your own proxy, and nobody else, writes the browser's address. */
  readonly clientAddressHeader?: string | undefined;
}

/** Who is signed in, for the App Router. Wrap `getSession` in React's `cache` to ask once for each page. */
export function createLatchkeyNext(latchkey: LatchkeyServer, options: NextOptions): LatchkeyNext {
  const { appUrl, redirect, clientAddressHeader } = options;

  async function getSession(): Promise<ServerSession | null> {
    const headers = await options.headers();
    const address = clientAddressHeader === undefined ? null : headers.get(clientAddressHeader);
    return latchkey.getSession({ headers }, { clientAddress: address ?? undefined });
  }

  return {
    getSession,
    async requireSession(path) {
      const session = await getSession();
      return session ?? redirect(latchkey.signInPage(new URL(path, appUrl).href));
    },
  };
}
