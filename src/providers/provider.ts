import type * as z from 'zod';
import type { CallbackReader } from './callback-answer.js';
import type { SocialProfile } from './social-profile.js';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OpenIdConnectEndpoints {
  /** What its discovery document must name (OpenID Connect Discovery §4.3). */
  readonly issuer: string;
  readonly discoveryUrl: string;
}

export interface Oauth2Endpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly profileUrl: string;
}

export interface Oauth1Endpoints {
  readonly requestTokenUrl: string;
  readonly authorizationUrl: string;
  readonly accessTokenUrl: string;
  readonly profileUrl: string;
}

export type Endpoints = OpenIdConnectEndpoints | Oauth2Endpoints | Oauth1Endpoints;

/** What an error response to a token request reveals about our registration. */
export type KeyVerdict = 'wrong-keys' | 'wrong-redirect' | 'wrong-clock' | 'right-keys';

/** A setting that probably does not do what the operator expects: `message` describes the problem, `action` the fix. */
export interface Warning {
  readonly variable: string;
  readonly message: string;
  readonly action: string;
}

/**
 * Everything about a provider except its strategy and guard (`auth/<id>/`). Configuration, pages, doctor and command
 * line derive from it.
 */
export interface ProviderDefinition<Settings extends object> {
  readonly label: string;
  /** Its mark as an SVG, in its own colours; `currentColor` where it may be black or white. */
  readonly mark: string;
  readonly protocol: 'OpenID Connect' | 'OAuth 2.0' | 'OAuth 1.0a';
  /**
   * Its settings besides the credentials, each with a default. `apiUrl` of `twitter` is the variable TWITTER_API_URL.
   */
  readonly settings: z.ZodObject<{ [Key in keyof Settings]: z.ZodType<Settings[Key]> }>;
  sandboxSettings(sandboxUrl: string): Partial<Settings>;
  endpoints(settings: Settings): Endpoints;
  readonly readCallback: CallbackReader;
  /** Whether it leaves a fragment behind in the address of the callback. */
  readonly leavesFragment: boolean;
  /** The issuer of its authorization responses (RFC 9207). */
  issuer(settings: Settings): string;
  /**
   * Who vouches for its identities, part of their key: a constant for the provider itself, however its address is spelled,
   * and every other configured address is an issuer of its own.
   */
  identityIssuer(settings: Settings & Credentials): string;
  /** Whether it signs when the person authenticated, where that is asked for. */
  canProve(settings: Settings): boolean;
  /** Where people sign out of the provider itself, by who vouches for its identities; null elsewhere. */
  signOutUrl?(identityIssuer: string): string | null;
  /**
   * Maps the raw profile; null when it is malformed.
   *
   * @param local the provider's own origin, where it runs on this machine: its pictures may be without https
   */
  toProfile(raw: unknown, local?: string | null): SocialProfile | null;
  readonly console: {
    readonly where: string;
    /** The console's name for the redirect URI. */
    readonly field: string;
    readonly needs: string;
    /** Where it is told to sign when people authenticated, for the setting `authTime`; absent where it cannot. */
    readonly authTime?: string;
  };
  /** The provider's error codes, and what each reveals when the credentials are checked by a token request. */
  readonly errorCodes: Readonly<Record<string, KeyVerdict>>;
  /** Those of its codes that are about the person: their account is suspended, locked, or gone. */
  readonly accountErrors: ReadonlySet<string>;
  /** Whether wrong credentials are answered with a 401 without one of those codes. */
  readonly unauthorizedMeansWrongKeys: boolean;
  warnings?(settings: Settings, publicUrl: string): Warning[];
}

export function profileMapper<Raw>(
  schema: z.ZodType<Raw>,
  map: (raw: Raw, local: string | null) => SocialProfile,
): ProviderDefinition<object>['toProfile'] {
  return (raw, local = null) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? map(parsed.data, local) : null;
  };
}
