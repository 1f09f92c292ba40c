import type { ErrorCode } from './errors.js';
import type { ProviderId } from './provider-id.js';

/** What a sign-in, or a request to a provider, ended in. */
export type OutcomeCode = 'success' | ErrorCode;

/** How a request ended, for the line that the log has of it: a code, and the provider that it was about. */
export interface Outcome {
  outcome: OutcomeCode;
  provider?: ProviderId;
}

declare module 'http' {
  interface IncomingMessage {
    outcome?: Outcome;
  }
}
