import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';

/** Answers paths outside `prefix`, such as `/id`, with `not_found`. */
export function underPrefix(prefix: string): RequestHandler {
  return ({ path }, _response, next) => {
    const isUnder = path === prefix || path.startsWith(`${prefix}/`);
    next(isUnder ? undefined : new AppError('not_found'));
  };
}
