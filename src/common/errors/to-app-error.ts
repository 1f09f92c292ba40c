import { HttpException } from '@nestjs/common';
import { AppError, type ErrorCode } from './app-error.js';

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

/** Keeps the 4xx status of the framework's and the body parser's errors; everything else is `internal_error`. */
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
