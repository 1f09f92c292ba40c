import { LatchkeyError } from './errors.js';
import type { LatchkeyServer, ServerSession, TokenClaims } from './server.js';

interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: {
    readonly cookie?: string | undefined;
    readonly authorization?: string | undefined;
    readonly accept?: string | undefined;
  };
  /** The browser's address, where `trust proxy` is set as it has to be. */
  readonly ip?: string | undefined;
}

interface ExpressResponse {
  locals: Record<string, unknown>;
  set(name: string, value: string): unknown;
  status(code: number): { json(body: unknown): unknown };
  redirect(url: string): unknown;
}

type Next = (error?: unknown) => void;
type Middleware = (request: ExpressRequest, response: ExpressResponse, next: Next) => void;

/** Puts who is signed in, or null, into `response.locals.session`. That it cannot be known is an error, for your handler. */
export function withSession(latchkey: LatchkeyServer): Middleware {
  return (request, response, next) => {
    latchkey.getSession(request, { clientAddress: request.ip }).then((session) => {
      response.locals['session'] = session;
      return next();
    }, next);
  };
}

/** The session that `withSession` has found. */
export function sessionOf(response: Pick<ExpressResponse, 'locals'>): ServerSession | null {
  return (response.locals['session'] as ServerSession | null | undefined) ?? null;
}

/**
 * The same for routes that are for people who are signed in: sends a browser that navigates to sign in, and back; anything
 * else is 401.
 *
 * @param options.appUrl where the application is for browsers, such as `https://app.example.com`
 */
export function requireSession(
  latchkey: LatchkeyServer,
  { appUrl }: { readonly appUrl: string },
): Middleware {
  const find = withSession(latchkey);
  return (request, response, next) =>
    find(request, response, (error) => {
      if (error !== undefined || sessionOf(response) !== null) return next(error);
      if (isNavigation(request)) {
        // The path is this application's, however it begins: `//elsewhere` is no host.
        const { origin } = new URL(appUrl);
        return void response.redirect(latchkey.signInPage(origin + request.originalUrl));
      }
      response.status(401).json({ code: 'unauthenticated', detail: 'Nobody is signed in.' });
    });
}

function isNavigation({ method, headers }: ExpressRequest): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

/** Lets only requests with a good token pass, whose claims are in `response.locals.claims`; any other is 401. */
export function requireToken(latchkey: LatchkeyServer): Middleware {
  return (request, response, next) => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    latchkey.verifyToken(token).then(
      (claims) => {
        response.locals['claims'] = claims;
        return next();
      },
      (error: unknown) => {
        if (!(error instanceof LatchkeyError) || error.code !== 'unauthenticated')
          return next(error);
        response.set('WWW-Authenticate', token === '' ? 'Bearer' : 'Bearer error="invalid_token"');
        response.status(401).json({ code: error.code, detail: error.message });
      },
    );
  };
}

/** The claims that `requireToken` has verified. */
export function claimsOf(response: Pick<ExpressResponse, 'locals'>): TokenClaims {
  const { claims } = response.locals as { claims?: TokenClaims };
  if (claims === undefined) throw new Error('No requireToken() stands before this route.');
  return claims;
}
