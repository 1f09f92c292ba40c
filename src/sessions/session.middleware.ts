import { sign } from 'cookie-signature';
import { parse } from 'cookie';
import type { RequestHandler } from 'express';
import session, { type Store } from 'express-session';
import type { Config } from '../config/config.js';
import { cookieFlags, cookieName, SESSION_COOKIE } from './session-cookie.js';

/**
 * express-session as this service uses it: a row and a cookie only for somebody who signs in, no write for reading, and
 * an id that is never taken from a cookie we did not sign.
 */
export function sessionMiddleware(config: Config, store: Store): RequestHandler {
  return session({
    store,
    name: cookieName(SESSION_COOKIE, config.publicUrl),
    secret: [...config.secrets],
    cookie: { ...cookieFlags(config.publicUrl), maxAge: config.sessions.absoluteSeconds * 1000 },
    resave: false,
    saveUninitialized: false,
    rolling: false,
  });
}

/**
 * Signs a living session's cookie again when an older secret had signed it, so that the old secret can be taken out of
 * SESSION_SECRET once the browsers that still come have passed by. express-session verifies with every secret but signs
 * only new cookies.
 */
export function resignMiddleware(config: Config): RequestHandler {
  const name = cookieName(SESSION_COOKIE, config.publicUrl);
  const [newest = ''] = config.secrets;
  return (request, response, next) => {
    const signedIn = request.session.signedIn;
    if (signedIn !== undefined && config.secrets.length > 1) {
      const current = `s:${sign(request.sessionID, newest)}`;
      if (parse(request.headers.cookie ?? '')[name] !== current) {
        response.cookie(name, current, {
          ...cookieFlags(config.publicUrl),
          expires: new Date(signedIn.expiresAt),
        });
      }
    }
    next();
  };
}
