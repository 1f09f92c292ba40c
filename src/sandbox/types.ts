import type { SandboxFault, SandboxStep } from './faults.js';
import type { SandboxProvider } from './provider.js';

/** One registered app, as the provider's console would hold it. */
export interface SandboxClient {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** Where the sandbox listens, and the one app that is registered at each provider. */
export interface SandboxOptions {
  /** Address to bind, e.g. '0.0.0.0' or '127.0.0.1'. */
  host: string;
  /** 0 = any free port. */
  port: number;
  clients: Record<SandboxProvider, SandboxClient>;
}

/** One back-channel or browser request to a provider. `status` is 0 while no answer has been finished. */
export interface SandboxRequest {
  provider: SandboxProvider;
  method: string;
  /** The whole path, base included, e.g. '/google/token'. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  form: Record<string, string>;
  status: number;
}

/** A running sandbox, as the process that started it holds it. Its URLs go into the service's settings as they are. */
export interface Sandbox {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  readonly googleIssuer: string;
  readonly twitterApiUrl: string;
  readonly facebookDialogUrl: string;
  readonly facebookGraphUrl: string;
  /** The last 1000 requests, oldest first. */
  readonly requests: readonly SandboxRequest[];
  /** Makes the next request at that step (or the next `times`) fail that way. Throws when it never could. */
  failNext(provider: SandboxProvider, step: SandboxStep, fault: SandboxFault, times?: number): void;
  /** A new signing key with a new kid; the old one is no longer published. */
  rotateGoogleKey(): Promise<void>;
  /** Forgets the log, codes, tokens, open consent pages and armed faults. */
  reset(): void;
  /** Stops listening and destroys every connection, answers that hang included. */
  close(): Promise<void>;
}
