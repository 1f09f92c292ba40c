import { AppError } from '../common/errors/app-error.js';

/**
 * Whether a form found nothing left to do: what it is about is gone, most often because of the first of two clicks. To
 * whoever sent it that is the same as done.
 */
export function isAlreadyDone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}
