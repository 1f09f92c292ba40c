import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';

/**
 * Answers everything outside the service's own path with `not_found`.
 *
 * @param prefix the path under which every route lies, such as `/id`
 */
export function underPrefix(prefix: string): RequestHandler {
  return ({ path }, _response, next) => {
    const isUnder = path === prefix || path.startsWith(`${prefix}/`);
    next(isUnder ? undefined : new AppError('not_found'));
  };
}
