import type { RequestHandler } from 'express';

/** Every response is personal or momentary, so neither browsers nor proxies may cache it. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
