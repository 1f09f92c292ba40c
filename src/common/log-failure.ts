import type { Request } from 'express';
import type { AppError } from './errors.js';

/**
 * Writes a failure to the request's log: ours (5xx) with what caused it, a client's as a plain line.
 * Queries, bodies and headers stay out: they carry codes, states and cookies.
 */
export function logFailure(request: Request, error: AppError): void {
  const fields = { outcome: error.code, ...error.log };
  if (error.status >= 500) request.log.error({ ...fields, err: error }, error.message);
  else request.log.info(fields, error.message);
}
