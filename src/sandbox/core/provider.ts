import type { Request, Response, Router } from 'express';
import type { OpenLedger } from './ledger.js';

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

/** Somebody whom every provider knows. */
export interface Person {
  /** Which account it is: the same key has the same subject at a provider, always. */
  key: string;
  name: string;
  username: string;
  email: string | null;
  emailVerified: boolean;
  /** Set only when one was typed. */
  subject: string | null;
  picture: string | null;
  /** What was typed into the fields that only this provider has. */
  own: Record<string, string | null>;
}

export interface Account extends Person {
  subject: string;
  picture: string;
}

/** A field of the consent page, for people who are typed. */
export interface PersonField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'words' | 'code' | 'email' | 'yes-no';
  readonly maxLength: number;
  /** Shown beside ready-made people who have it. */
  readonly tag?: string;
  /** What ready-made people have there, by their keys. */
  readonly readyMade?: Readonly<Record<string, string>>;
}

/** How a provider's accounts look, and what can be typed about them. */
export interface PeopleDescription {
  /** Numbers from `first` on; a typed one has to match `pattern`, which `shape` puts in words. */
  readonly subject: {
    readonly first: bigint;
    readonly span: bigint;
    readonly pattern: RegExp;
    readonly shape: string;
  };
  /**
   * The URL of a picture in the provider's shape.
   *
   * @param url where the sandbox draws it, whatever follows
   */
  picture(url: string): string;
  /** Where people who are known elsewhere have their mail here: nobody has the same address twice unless they ask for it. */
  readonly mailDomain?: string;
  /** Those of `personFields` that the provider knows, and its own. */
  readonly fields: readonly PersonField[];
}

/** Some faults at one step, as the consent page offers them: each with its label. */
export interface FaultGroup {
  readonly label: string;
  /** One of the provider's steps; 'login' is the redirect back to the app. */
  readonly step: string;
  readonly faults: Readonly<Record<string, string>>;
}

/** What a person chose on the consent page: it follows this one attempt through its code and its token. */
export interface PlannedFault {
  step: string;
  fault: string;
}

/** What a provider asks a person, and where each answer leads. */
export interface ConsentQuestion {
  /** In words: what the app will get to see. */
  wants: string[];
  /** An address or username to start with. */
  hint: string | null;
  /** The redirect after "Allow"; undefined when the attempt is no longer there. */
  allow(account: Account, plan: PlannedFault | undefined): string | undefined;
  deny(): string | undefined;
}

/** What the core does for a provider. */
export interface ProviderContext {
  /** The sandbox's own address. */
  readonly url: string;
  readonly client: SandboxClient;
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

/** The content of an error page. */
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
