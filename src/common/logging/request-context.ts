import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

/** The context of the current request (AsyncLocalStorage). */
export interface RequestContext {
  readonly requestId: string;
  /** The W3C trace id; null outside a trace. */
  readonly traceId: string | null;
  /** The OpenTelemetry context with the request's span, the parent of all spans within the request. */
  readonly trace: Context;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Undefined outside a request. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

export function runInRequest(context: RequestContext, work: () => void): void {
  storage.run(context, work);
}
