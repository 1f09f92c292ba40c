import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { AppError } from '../errors/app-error.js';
import './outcome.js';
import { isProviderId } from '../provider-id.js';

const logger = new Logger('Failure');

/**
 * Writes a failure to the log: a client's (4xx) on the request's own line, ours (5xx) also on one of its own, with what
 * caused it. Queries, bodies and headers stay out: they carry codes, states and cookies.
 */
export function logFailure(request: Request, error: AppError): void {
  const provider: unknown = request.params['provider'];
  const outcome = { outcome: error.code, ...(isProviderId(provider) && { provider }) };
  const fields = { ...outcome, ...error.log };
  if (error.status < 500) {
    request.outcome = { ...fields, detail: error.message };
    return;
  }
  request.outcome = outcome;
  // Whoever asks whether we are ready asks every few seconds: while we stop, `no` is no fault.
  if (error.code === 'not_ready') logger.log({ ...fields, msg: error.message });
  else logger.error({ ...fields, msg: error.message, err: error });
}
