import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import './outcome.js';
import { assignRequestId } from './request-id.js';

/**
 * Gives every request an id, and writes one line when it is answered, or its client has left.
 *
 * @param options.trustProxy whether a request id from outside is taken over
 * @param options.without the paths that get no line: health is asked for every few seconds
 */
export function requestLogging(
  logger: Logger,
  { trustProxy, without }: { trustProxy: boolean; without: ReadonlySet<string> },
): RequestHandler {
  const idOf = assignRequestId(trustProxy);
  return (request, response, next) => {
    const began = Date.now();
    request.id = idOf(request, response);
    const path = pathOf(request);
    if (!without.has(path)) {
      response.once('close', () => {
        const failed = response.statusCode >= 500;
        logger[failed ? 'error' : 'info'](
          {
            requestId: request.id,
            method: request.method,
            path,
            status: response.statusCode,
            ...request.outcome,
            ...(request.traceId !== undefined && { trace_id: request.traceId }),
            durationMs: Date.now() - began,
          },
          failed ? 'request failed' : 'request answered',
        );
      });
    }
    next();
  };
}

/** The path alone: a query carries codes, states and tokens, and so may a fragment that some client leaves in. */
function pathOf({ url }: Request): string {
  const end = url.search(/[?#]/);
  return (end < 0 ? url : url.slice(0, end)).slice(0, 200);
}

declare module 'http' {
  interface IncomingMessage {
    /** Under which the request is logged, and quoted in errors. */
    id?: string;
    /** The W3C trace id that it belongs to, if any. */
    traceId?: string;
  }
}
