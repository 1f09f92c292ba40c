import { HttpException } from '@nestjs/common';
import { AppError, type ErrorCode } from './app-error.js';

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

/**
 * Gives anything that was thrown one of this service's codes. The framework's own exceptions and those of the
 * body parser (`http-errors`, with a `status`) keep their status where it is a client's fault; all else is ours.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOfThrown(thrown) ?? 500;
  const fallback = status >= 400 && status < 500 ? 'bad_request' : 'internal_error';
  const code = codeByStatus[status] ?? fallback;
  return new AppError(code, { cause: thrown });
}

function statusOfThrown(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number') {
    return thrown.status;
  }
  return undefined;
}
