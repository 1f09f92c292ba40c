import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { AppError } from './errors.js';
import './outcome.js';
import { isProviderId } from './provider-id.js';

const logger = new Logger('Failure');

/**
 * Writes a failure to the request's log: ours (5xx) with what caused it, a client's as a plain line.
 * Queries, bodies and headers stay out: they carry codes, states and cookies. The line about the request gets the code too.
 */
export function logFailure(request: Request, error: AppError): void {
  const provider: unknown = request.params['provider'];
  request.outcome = { outcome: error.code, ...(isProviderId(provider) && { provider }) };
  const fields = { ...request.outcome, ...error.log };
  // Whoever asks whether we are ready asks every few seconds: while we stop, `no` is no fault.
  const isFault = error.status >= 500 && error.code !== 'not_ready';
  if (isFault) logger.error({ ...fields, msg: error.message, err: error });
  else logger.log({ ...fields, msg: error.message });
}
