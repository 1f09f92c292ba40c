import type { Request, Response, Router } from 'express';
import type { ConsentQuestion } from './consent.js';
import type { FaultGroup } from './faults.js';
import type { OpenLedger } from './ledger.js';
import type { PeopleDescription } from './people.js';

/** One registered app, as the provider's console would hold it. */
export interface SandboxClient {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** All that the core knows of a provider: everything that it does for one follows from this. */
export interface ProviderDescription {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly protocol: 'OpenID Connect' | 'OAuth 1.0a' | 'OAuth 2.0';
  /** The variables that lead a service here, each with the path that stands for one of the provider's hosts. */
  readonly addresses: Readonly<Record<string, { readonly label: string; readonly path: string }>>;
  /** Where the answer to its consent page is posted. */
  readonly consentPath: string;
  /** Accent and tint of its pages. */
  readonly colours: { readonly light: Colours; readonly dark: Colours };
  readonly people: PeopleDescription;
  /** A service's requests that can fail, each with the faults that hide in an otherwise good answer, in words. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The faults that its consent page offers. */
  readonly consentFaults: readonly FaultGroup[];
  /** What scripts can have done at `POST /sandbox/<id>/<action>`, in words. */
  readonly actions?: Readonly<Record<string, string>>;
  /** Starts it for one registered app. */
  start(context: ProviderContext): RunningProvider;
}

type Colours = readonly [accent: string, tint: string];

/** What the core does for a provider. */
export interface ProviderContext {
  /** The sandbox's own address. */
  readonly url: string;
  readonly client: SandboxClient;
  /** Opens a ledger that a reset empties. */
  readonly openLedger: OpenLedger;
  /** Runs `forget` at each reset. */
  onReset(forget: () => void): void;
  /** The fault that is armed for this request, if any; it is taken by asking. */
  takeFault(step: string): string | undefined;
  /** Shows the consent page, or its JSON for scripts. */
  ask(req: Request, res: Response, question: ConsentQuestion): void;
  /** Shows a page that ends the attempt: for requests that must never lead to a redirect. */
  sendError(res: Response, status: number, error: ErrorDetails): void;
}

/** What an error page says. */
export interface ErrorDetails {
  title: string;
  code?: string;
  details: string;
}

/** A provider at work. */
export interface RunningProvider {
  /** Its routes by the paths of its addresses. */
  routers: Readonly<Record<string, Router>>;
  /** Those of the description. */
  actions?: Readonly<Record<string, () => Promise<void>>>;
}

/** Routes match exactly, as the providers' do. */
export const exactRoutes = { caseSensitive: true, strict: true } as const;

/** All the names in a sentence: "Google, X and Facebook", or with "or" for a disjunction. */
export function allNames(
  providers: readonly ProviderDescription[],
  type: 'conjunction' | 'disjunction',
): string {
  // British English has no comma before the last one.
  return new Intl.ListFormat('en-GB', { type }).format(providers.map(({ name }) => name));
}
