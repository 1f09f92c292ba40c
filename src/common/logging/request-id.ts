import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const wellFormed = /^[\w-]{8,64}$/;

/**
 * The id under which a request is logged and quoted in errors, also sent as `X-Request-Id`.
 * A proxy's own id is taken over only when a proxy is trusted at all, and only when it is a plain token.
 */
export function assignRequestId(trustIncoming: boolean) {
  return (request: IncomingMessage, response: ServerResponse): string => {
    const incoming = request.headers['x-request-id'];
    const id =
      trustIncoming && typeof incoming === 'string' && wellFormed.test(incoming)
        ? incoming
        : randomUUID();
    response.setHeader('X-Request-Id', id);
    return id;
  };
}

/** The id of a request that has passed the request logger. */
export function requestIdOf(request: IncomingMessage): string {
  return request.id ?? 'none';
}
