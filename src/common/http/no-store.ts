import type { RequestHandler } from 'express';

/** Every answer is about one person, or about this moment: nothing may be kept by a browser or a proxy. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
