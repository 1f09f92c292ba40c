/** Whom the sandbox plays. A new provider starts with its id here; the compiler then names what is missing. */
export const playedProviders = ['google', 'twitter', 'facebook'] as const;

/** The id of a provider that the sandbox plays. */
export type SandboxProvider = (typeof playedProviders)[number];

interface PlayedProvider {
  /** As people know it. */
  readonly name: string;
  readonly protocol: 'OpenID Connect' | 'OAuth 1.0a' | 'OAuth 2.0';
  /** The path under which people are asked: the host of its web site in life. */
  readonly pages: string;
  /** The path under which apps ask: the host of its API in life, which may be the same. */
  readonly api: string;
}

/** What the sandbox knows of each provider wherever it treats them alike. */
export const providers: Readonly<Record<SandboxProvider, PlayedProvider>> = {
  google: { name: 'Google', protocol: 'OpenID Connect', pages: '/google', api: '/google' },
  twitter: { name: 'X', protocol: 'OAuth 1.0a', pages: '/x', api: '/x' },
  facebook: { name: 'Facebook', protocol: 'OAuth 2.0', pages: '/facebook', api: '/graph' },
};

/** Where the answer to a provider's consent page is posted: a path of the sandbox. */
export function consentPath(provider: SandboxProvider): string {
  return `${providers[provider].pages}/consent`;
}

/** Whether a service learns who somebody is from an ID token; elsewhere it asks for the profile. */
export function hasIdToken(provider: SandboxProvider): boolean {
  return providers[provider].protocol === 'OpenID Connect';
}

/** All the names in a sentence: "Google, X and Facebook", or with "or" for a disjunction. */
export function allNames(type: 'conjunction' | 'disjunction'): string {
  // British English has no comma before the last one.
  const list = new Intl.ListFormat('en-GB', { type });
  return list.format(playedProviders.map((id) => providers[id].name));
}
