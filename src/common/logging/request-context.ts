import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

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
