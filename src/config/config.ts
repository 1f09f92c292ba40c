import type { ProvidersConfig } from '../providers/registry.js';
import type { BrandConfig } from './brand.js';
import type { HandoverTargets } from './handover-targets.js';
import type { TokenAudience } from './token-audiences.js';
import type { ServiceKey } from './service-keys.js';
import { parameterOf } from '../common/http/parameter.js';
import { isLoopbackOrigin, type Origins } from '../common/origins.js';
import {
  MAX_LENGTH,
  parseReturnTo,
  type ReturnTo,
  type ReturnToRefusal,
} from '../common/return-to.js';

export const CONFIG = Symbol('Config');

/** The service's public address, the only source of its own URLs. */
export interface PublicUrl {
  /** Without a trailing slash, such as `https://example.com/id`. */
  readonly href: string;
  readonly origin: string;
  /** The path under which every route lies: empty, or such as `/id`. */
  readonly prefix: string;
  /** Whether it is https: cookies are then `Secure`, and their names begin with `__Host-`. */
  readonly secure: boolean;
}

export interface FileConfig {
  readonly kind: 'file';
  readonly file: string;
}

export interface PostgresConfig {
  readonly kind: 'postgres';
  /** Contains the password: never logged. */
  readonly url: string;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Whether statements are named, so that each connection plans them once. */
  readonly preparedStatements: boolean;
}

export type DatabaseConfig = FileConfig | PostgresConfig;

/** The whole configuration, parsed once from the environment and deeply frozen. */
export interface Config {
  readonly production: boolean;
  readonly listen: { readonly host: string; readonly port: number };
  /**
   * How long a connection stays open that nobody uses. Longer than proxies keep theirs, so that it is the proxy that
   * closes it: a request that meets a connection being closed from this side is lost.
   */
  readonly keepAliveSeconds: number;
  /** How long requests are still answered after SIGTERM while readiness already fails. */
  readonly shutdownDrainMs: number;
  /** Where metrics and health details are served; null when off. */
  readonly management: { readonly host: string; readonly port: number } | null;
  /** Headers of trace exports; the other OpenTelemetry settings are read by its SDK. Null when tracing is off. */
  readonly tracing: { readonly headers: Readonly<Record<string, string>> } | null;
  readonly publicUrl: PublicUrl;
  /** Whose sub-domains' servers see who is signed in, by a cookie for all of them; null for none. */
  readonly cookieDomain: string | null;
  readonly pages: boolean;
  /** Whether the page at `/docs` is served. */
  readonly docs: boolean;
  /** Where people turn for help: https or mailto; null where nothing is said. */
  readonly supportUrl: string | null;
  readonly brand: BrandConfig;
  readonly allowedOrigins: readonly string[];
  /** Other sites and apps that people may be signed in at, by a one-time code. */
  readonly handoverTargets: HandoverTargets;
  /** A path on the own origin, or an absolute URL. */
  readonly defaultReturnTo: string;
  /** A path on the own origin, or an absolute URL. */
  readonly signInErrorUrl: string;
  /** Express's `trust proxy`: false, a number of hops, or networks. */
  readonly trustProxy: false | number | readonly string[];
  /** Newest first: the first one signs and encrypts, all of them verify and decrypt. */
  readonly secrets: readonly string[];
  /** Where the secret is kept that was made because SESSION_SECRET is not set; null where it is. */
  readonly secretFile: string | null;
  readonly sessions: {
    readonly idleSeconds: number;
    readonly absoluteSeconds: number;
    readonly recentSignInSeconds: number;
    /** What counts as a step-up of people who have an identity that can prove. */
    readonly recentSignInAssurance: 'asked' | 'proven';
    /** How long an identity that was connected later proves nothing against an older one; 0 for not at all. */
    readonly identitySettleSeconds: number;
  };
  readonly attemptSeconds: number;
  /** The tokens for other services; null where there are none. */
  readonly tokens: {
    readonly audiences: readonly TokenAudience[];
    readonly seconds: number;
  } | null;
  readonly activityRetentionDays: number;
  readonly database: DatabaseConfig;
  /** Whether the service migrates the database at start, or refuses one that is not up to date. */
  readonly migrateAtStart: boolean;
  readonly providers: ProvidersConfig;
  readonly providerTimeoutMs: number;
  /** Outgoing proxies by the scheme of the provider's URL; null without any. */
  readonly outgoingProxy: {
    readonly http: string | undefined;
    readonly https: string | undefined;
    /** Hosts that bypass the proxies: a comma list, as in NO_PROXY. */
    readonly except: string;
  } | null;
  /** Requests per minute and address; 0 turns the limit off. */
  readonly rateLimits: {
    readonly all: number;
    readonly signIn: number;
    /** Requests per minute and service key. */
    readonly service: number;
  };
  /** What servers may ask with; two of one name while it is rotated. */
  readonly serviceKeys: readonly ServiceKey[];
  readonly sandbox: { readonly port: number } | null;
  readonly logLevel: string;
  /** Variables that are set and not known, but nearly are, with the name that was probably meant. */
  readonly misspelt: readonly { readonly variable: string; readonly meant: string }[];
}

/** Where our own sign-in page and account page are, unless PAGES is off. */
export function ownPages({ prefix }: Pick<PublicUrl, 'prefix'>): readonly string[] {
  return [`${prefix}/`, `${prefix}/account`];
}

type ReturnToConfig = Pick<Config, 'publicUrl' | 'allowedOrigins' | 'sandbox'>;

/** The front ends' origins: those of ALLOWED_ORIGINS, and while the sandbox is on all of this machine's. */
export function originsOf({
  allowedOrigins,
  sandbox,
}: Pick<Config, 'allowedOrigins' | 'sandbox'>): Origins {
  return {
    has: (origin) =>
      allowedOrigins.includes(origin) || (sandbox !== null && isLoopbackOrigin(origin)),
  };
}

/** How long the providers may keep one callback: discovery or keys, token, profile. Each may take its whole time. */
export function providersMs({ providerTimeoutMs }: Pick<Config, 'providerTimeoutMs'>): number {
  return 3 * providerTimeoutMs;
}

/** `value` if it is a safe redirect target on the own origin or in ALLOWED_ORIGINS, otherwise null. */
export function allowedReturnTo(value: unknown, config: ReturnToConfig): string | null {
  const parsed = parse(value, config);
  return 'target' in parsed ? parsed.target : null;
}

export interface ReturnToRequest {
  query: Readonly<Record<string, unknown>>;
  body?: unknown;
  returnToRefused?: ReturnToRefusal;
  errorToRefused?: ReturnToRefusal;
}

/** The redirect target that a request names; null without one, or where it is not allowed, which is logged. */
export function requestedReturnTo(request: ReturnToRequest, config: ReturnToConfig): string | null {
  const returnTo = parameterOf(request, 'returnTo');
  if (returnTo === undefined) return null;
  const parsed = parse(returnTo, config);
  if ('target' in parsed) return parsed.target;
  request.returnToRefused = parsed.refusal;
  return null;
}

/**
 * Where a request wants its failure told, instead of SIGN_IN_ERROR_URL; null as for `returnTo`.
 *
 * @param returnTo what an attempt keeps beside it: both together have the room of one
 */
export function requestedErrorTo(
  request: ReturnToRequest,
  config: ReturnToConfig,
  returnTo: string | null,
): string | null {
  const errorTo = parameterOf(request, 'errorTo');
  if (errorTo === undefined) return null;
  const parsed = parse(errorTo, config);
  const fits =
    !('target' in parsed) || parsed.target.length + (returnTo ?? '').length <= MAX_LENGTH;
  if ('target' in parsed && fits) return parsed.target;
  request.errorToRefused = 'refusal' in parsed ? parsed.refusal : 'too long';
  return null;
}

function parse(value: unknown, config: ReturnToConfig): ReturnTo {
  const policy = { ownOrigin: config.publicUrl.origin, allowedOrigins: originsOf(config) };
  return parseReturnTo(value, policy);
}
