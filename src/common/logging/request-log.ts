import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { RefusedRequests } from './refused-requests.js';
import { assignRequestId } from './request-context.js';
import type { ErrorCode } from '../errors/app-error.js';
import type { ProviderId } from '../provider-id.js';
import type { ReturnToRefusal } from '../return-to.js';

/**
 * Gives every request an id, and logs one line when it is answered or aborted. Of many that an address is refused, only
 * some get a line.
 *
 * @param without paths that are not logged: health is probed every few seconds
 */
export function requestLogging(logger: Logger, without: ReadonlySet<string>): RequestHandler {
  const refusedRequests = new RefusedRequests();
  return (request, response, next) => {
    const began = Date.now();
    request.id = assignRequestId(request, response);
    const path = pathOf(request);
    if (!without.has(path)) {
      response.once('close', () => {
        const isRefused = request.outcome?.outcome === 'rate_limited';
        const refused = isRefused ? refusedRequests.count(request.clientIp ?? '') : 0;
        if (refused === null) return;
        const failed = response.statusCode >= 500;
        logger[failed ? 'error' : 'info'](
          {
            requestId: request.id,
            method: request.method,
            path,
            status: response.statusCode,
            ...(request.serviceKey !== undefined && { serviceKey: request.serviceKey }),
            ...request.outcome,
            ...(request.cookiesTwice !== undefined && { cookiesTwice: request.cookiesTwice }),
            ...(request.domainCookie !== undefined && { domainCookie: request.domainCookie }),
            ...(request.returnToRefused !== undefined && {
              returnToRefused: request.returnToRefused,
            }),
            ...(request.errorToRefused !== undefined && { errorToRefused: request.errorToRefused }),
            ...(isRefused && { address: request.clientIp, refused }),
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

/** The path alone: the query carries codes, states and tokens, and some clients send a fragment too. */
function pathOf({ url }: Request): string {
  const end = url.search(/[?#]/);
  return (end < 0 ? url : url.slice(0, end)).slice(0, 200);
}

declare module 'http' {
  interface IncomingMessage {
    id?: string;
    traceId?: string;
  }
}

export type OutcomeCode = 'success' | ErrorCode;

/** The outcome of a request, for its log line: a code, the provider, and details of a failure. */
export interface Outcome {
  readonly outcome: OutcomeCode | 'repeated' | 'redirected';
  readonly provider?: ProviderId;
  readonly [field: string]: string | number | undefined;
}

declare module 'http' {
  interface IncomingMessage {
    outcome?: Outcome;
    /** The name of the service key that a server has asked with. */
    serviceKey?: string;
    /** Names of cookies of ours of which there was more than one. */
    cookiesTwice?: readonly string[];
    /** Why its Domain cookie was replaced, or is not believed. */
    domainCookie?: string;
    /** Why the `returnTo` of its query is not followed. */
    returnToRefused?: ReturnToRefusal;
    /** The same of its `errorTo`. */
    errorToRefused?: ReturnToRefusal;
    /** Whether a browser has fetched a start or callback ahead, without a click. */
    isSpeculative?: boolean;
  }
}
