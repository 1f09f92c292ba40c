import './request-log.js';
import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { AppError } from '../errors/app-error.js';
import { isProviderId } from '../provider-id.js';

const logger = new Logger('Failure');

/**
 * Logs a failure: a client error (4xx) on the request's own line, a server error (5xx) also on a line of its own with
 * its cause. Query, body and headers are left out: they carry codes, states and cookies.
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
  // Probes come every few seconds: during shutdown, `not_ready` is no error.
  if (error.code === 'not_ready') logger.log({ ...fields, msg: error.message });
  else logger.error({ ...fields, msg: error.message, err: error });
}
