import type { ProvidersConfig } from '../providers/registry.js';

/** The injection token of the one frozen configuration. */
export const CONFIG = Symbol('Config');

/** The service's address as browsers see it; the only source of public URLs. */
export interface PublicUrl {
  /** Without a trailing slash, such as `https://example.com/id`. */
  readonly href: string;
  readonly origin: string;
  /** The path under which every route lies: empty, or `/id`. */
  readonly prefix: string;
  /** Whether it is https: cookies are then `Secure` and carry a name prefix. */
  readonly secure: boolean;
}

/** The embedded database: a file. */
export interface FileConfig {
  readonly kind: 'file';
  readonly file: string;
}

export interface PostgresConfig {
  readonly kind: 'postgres';
  /** Holds the password: never logged. */
  readonly url: string;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Whether statements are named, so that each connection plans them once. */
  readonly preparedStatements: boolean;
}

export type DatabaseConfig = FileConfig | PostgresConfig;

/** The whole configuration, parsed once from the environment and frozen. */
export interface Config {
  readonly production: boolean;
  readonly listen: { readonly host: string; readonly port: number };
  /** How long the service goes on answering after SIGTERM, while it says that it is not ready. */
  readonly shutdownDrainMs: number;
  /** Where metrics and details of health are served to operators; null when they are not. */
  readonly management: { readonly host: string; readonly port: number } | null;
  /** Traces are exported as OpenTelemetry's own variables say, with these headers; null while it is off. */
  readonly tracing: { readonly headers: Readonly<Record<string, string>> } | null;
  readonly publicUrl: PublicUrl;
  /** Whether `/` and `/account` are served. */
  readonly pages: boolean;
  readonly allowedOrigins: readonly string[];
  /** A path on the own origin, or an absolute URL. */
  readonly defaultReturnTo: string;
  /** A path on the own origin, or an absolute URL. */
  readonly signInErrorUrl: string;
  /** Express's `trust proxy`: false, a number of hops, or networks. */
  readonly trustProxy: false | number | readonly string[];
  /** Newest first: the first one signs and seals, all of them verify and open. */
  readonly secrets: readonly string[];
  readonly sessions: {
    readonly idleSeconds: number;
    readonly absoluteSeconds: number;
    readonly recentSignInSeconds: number;
  };
  readonly attemptSeconds: number;
  /** How long the record of activity is kept. */
  readonly activityRetentionDays: number;
  readonly database: DatabaseConfig;
  /** Whether the service migrates the database when it starts, or refuses one that is not migrated. */
  readonly migrateAtStart: boolean;
  readonly providers: ProvidersConfig;
  readonly providerTimeoutMs: number;
  /** The proxies through which providers are asked, by the scheme of what is asked; null without any. */
  readonly outgoingProxy: {
    readonly http: string | undefined;
    readonly https: string | undefined;
    /** Hosts that are asked directly: a comma list, as in NO_PROXY. */
    readonly except: string;
  } | null;
  /** Requests per minute and address; 0 turns the limit off. */
  readonly rateLimits: { readonly all: number; readonly signIn: number };
  /** Null when the sandbox providers are off. */
  readonly sandbox: { readonly port: number } | null;
  readonly logLevel: string;
}
