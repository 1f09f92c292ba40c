import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { isFromTrustedProxy } from '../http/client-ip.js';

export interface RequestContext {
  readonly requestId: string;
  readonly traceId: string | null;
  /** The OpenTelemetry context with the request's span, the parent of all spans within the request. */
  readonly trace: Context;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

export function runInRequest(context: RequestContext, work: () => void): void {
  storage.run(context, work);
}

const wellFormed = /^[\w-]{8,64}$/;

/** The id is also sent as `X-Request-Id`. An incoming one is kept only from a trusted proxy, as a plain token. */
export function assignRequestId(request: Request, response: ServerResponse): string {
  const incoming = request.headers['x-request-id'];
  const isKept =
    typeof incoming === 'string' && wellFormed.test(incoming) && isFromTrustedProxy(request);
  const id = isKept ? incoming : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

export function requestIdOf(request: IncomingMessage): string {
  return request.id ?? 'none';
}
