import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const wellFormed = /^[\w-]{8,64}$/;

/** The id is also sent as `X-Request-Id`. An incoming one is kept only from a trusted proxy, as a plain token. */
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

export function requestIdOf(request: IncomingMessage): string {
  return request.id ?? 'none';
}
