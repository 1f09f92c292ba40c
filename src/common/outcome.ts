import type { ErrorCode } from './errors.js';
import type { ProviderId } from './provider-id.js';

/** How a request ended, for the line that the log has of it: a code, and the provider that it was about. */
export interface Outcome {
  outcome: 'success' | ErrorCode;
  provider?: ProviderId;
}

declare module 'http' {
  interface IncomingMessage {
    outcome?: Outcome;
  }
}
