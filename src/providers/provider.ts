import type * as z from 'zod';
import type { CallbackReader } from './callback-answer.js';
import type { SocialProfile } from './social-profile.js';

/** The key pair of the application that the operator has registered with a provider. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A sign-in button by the provider's brand rules. */
export interface Button {
  /** The provider's mark, as inline SVG. */
  mark: string;
  /** For light pages, and for dark ones. */
  light: ButtonColours;
  dark: ButtonColours;
}

interface ButtonColours {
  background: string;
  text: string;
  border: string;
}

/** Where a provider is asked, and where people are sent, by the protocol that it speaks. */
export type Endpoints =
  | { readonly protocol: 'OpenID Connect'; readonly discoveryUrl: string }
  | {
      readonly protocol: 'OAuth 2.0';
      readonly authorizationUrl: string;
      readonly tokenUrl: string;
      readonly profileUrl: string;
    }
  | {
      readonly protocol: 'OAuth 1.0a';
      readonly requestTokenUrl: string;
      readonly authorizationUrl: string;
      readonly accessTokenUrl: string;
      readonly profileUrl: string;
    };

/** What a provider's refusal of a token request says of our registration with it. */
export type Refusal = 'wrong-keys' | 'wrong-redirect' | 'wrong-clock' | 'right-keys';

/** What works, but not the way the operator may think: `message` is what is so, `action` what to do. */
export interface Warning {
  readonly variable: string;
  readonly message: string;
  readonly action: string;
}

/**
 * All that the service knows of a provider, but for its strategy and guard (`auth/<id>/`). Configuration, pages, doctor and
 * command line derive from it.
 */
export interface ProviderDefinition<Settings extends object> {
  /** As people know it. */
  readonly label: string;
  readonly button: Button;
  readonly protocol: Endpoints['protocol'];
  /**
   * Its settings besides the key pair, each with a default. The variable of `apiUrl` of `twitter` is TWITTER_API_URL.
   */
  readonly settings: z.ZodObject<{ [Key in keyof Settings]: z.ZodType<Settings[Key]> }>;
  /** The settings that differ where the sandbox stands in for the provider. */
  sandboxSettings(sandboxUrl: string): Partial<Settings>;
  endpoints(settings: Settings): Endpoints;
  readonly readCallback: CallbackReader;
  /** The issuer of its authorization answers (RFC 9207). */
  issuer(settings: Settings): string;
  /** Maps its profile, as it came; null when it is malformed. */
  toProfile(raw: unknown): SocialProfile | null;
  /** Where an application is registered. */
  readonly console: {
    /** A phrase, with the address. */
    readonly where: string;
    /** What the callback is called there. */
    readonly field: string;
    /** What it needs besides. */
    readonly needs: string;
  };
  /** Its machine-readable error codes, and what they say of a token request with keys that are to be checked. */
  readonly errorCodes: Readonly<Record<string, Refusal>>;
  /** Whether it answers 401, without a code of those, to wrong keys. */
  readonly unauthorizedMeansWrongKeys: boolean;
  /** What of its settings works, but not the way the operator may think. */
  warnings?(settings: Settings, publicUrl: string): Warning[];
}

/** Makes `toProfile` of a schema and a mapping. */
export function profileMapper<Raw>(
  schema: z.ZodType<Raw>,
  map: (raw: Raw) => SocialProfile,
): (raw: unknown) => SocialProfile | null {
  return (raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? map(parsed.data) : null;
  };
}
