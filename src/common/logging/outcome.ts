import type { ErrorCode } from '../errors/app-error.js';
import type { ProviderId } from '../provider-id.js';

export type OutcomeCode = 'success' | ErrorCode;

/** The outcome of a request, for its log line: a code, the provider, and details of a failure. */
export interface Outcome {
  readonly outcome: OutcomeCode;
  readonly provider?: ProviderId;
  readonly [field: string]: string | number | undefined;
}

declare module 'http' {
  interface IncomingMessage {
    outcome?: Outcome;
  }
}
