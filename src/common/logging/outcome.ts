import type { ErrorCode } from '../errors/app-error.js';
import type { ProviderId } from '../provider-id.js';

/** What a sign-in, or a request to a provider, ended in. */
export type OutcomeCode = 'success' | ErrorCode;

/**
 * How a request ended, for the line that the log has of it: a code, the provider that it was about, and what else there is
 * to say of a refusal.
 */
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
