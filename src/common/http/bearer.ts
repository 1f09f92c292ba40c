import type { Request, RequestHandler } from 'express';

/** What every session token of an application begins with, so that scanners find one that has leaked. */
export const BEARER_PREFIX = 'lks_';

/**
 * Reads a session token from `Authorization`, whatever it is worth. It decides alone who is signed in: whoever reads cookies
 * finds none beside it. Any other `Authorization` is as if it were absent; it may be meant for a proxy.
 */
export const readBearer: RequestHandler = (request, _response, next) => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token = ''] = /^bearer +(\S*)/i.exec(authorization) ?? [];
    if (token.startsWith(BEARER_PREFIX)) request.bearer = token;
  }
  next();
};

export function hasBearer({ bearer }: Request): boolean {
  return bearer !== undefined;
}

declare module 'http' {
  interface IncomingMessage {
    /** The session token in its `Authorization`, which may be worth nothing. */
    bearer?: string;
  }
}
