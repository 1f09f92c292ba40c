import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const wellFormed = /^[\w-]{8,64}$/;

/**
 * Generates the id under which a request is logged and quoted in errors, also sent as `X-Request-Id`. An incoming id is
 * kept only when a proxy is trusted and the id is a plain token.
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

/** The request's id; `none` before the request logger has run. */
export function requestIdOf(request: IncomingMessage): string {
  return request.id ?? 'none';
}
