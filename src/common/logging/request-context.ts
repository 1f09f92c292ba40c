import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

/** What the work on one request knows of it, however deep it is and whichever library called it. */
export interface RequestContext {
  readonly requestId: string;
  /** The W3C trace id that the request belongs to; null when it belongs to none. */
  readonly traceId: string | null;
  /** The OpenTelemetry context with the request's span: the parent of what is done for it. */
  readonly trace: Context;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The request that the calling code works on; undefined outside of any. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs work, and all that follows from it, as the work on a request. */
export function runInRequest(context: RequestContext, work: () => void): void {
  storage.run(context, work);
}
