import { dirname, join } from 'node:path';
import { toBrand } from './brand.js';
import type { Config, DatabaseConfig, PublicUrl } from './config.js';
import { ConfigError, type Problem } from './config-error.js';
import { crossCheck } from './cross-check.js';
import { newSecret } from './kept-secret.js';
import { misspeltIn } from './misspelt.js';
import { pastedFaults } from './pasted.js';
import { withSecretFiles } from './secret-files.js';
import { tracingIsOn } from './tracing.js';
import { providerVariables, sandboxIsOn, toProvidersConfig } from './providers.js';
import { type Variables, variables } from './variables.js';

/**
 * Longer than the announced keep-alive timeout (5 s), and than Kubernetes needs to update its endpoints; together with
 * the requests in flight, below the 45 s termination grace period of our manifests.
 */
const PRODUCTION_DRAIN_MS = 6000;

const LIMITS = { all: 100, signIn: 20 } as const;

/** A script that signs people in again and again, on the machine of whoever writes it, is no attack. */
const SANDBOX_LIMITS = { all: 1000, signIn: 200 } as const;

/** Where a secret is kept that was made because none was given: beside the embedded database, or in ./data. */
const SECRET_FILE = 'session_secret';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from the environment, and from the secret files that it names.
 *
 * @param secretFor the secret of a service on this machine alone that is given none, by the file to keep it in. By
 *   default it is forgotten, for who signs nothing that has to last
 * @returns one deeply frozen value
 * @throws ConfigError naming every invalid variable in one message; what `secretFor` throws
 */
export function loadConfig(
  environment: Environment,
  secretFor: (file: string) => string = newSecret,
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      // What is pasted, or comes from a file with another system's line ends, has a blank behind it.
      const trimmed = value?.trim() ?? '';
      return trimmed === '' ? [] : [[name, trimmed]];
    }),
  );
  const { set, problems: fileProblems, unread } = withSecretFiles(given);
  const parsed = variables.safeParse(set);
  const ofProviders = providerVariables.safeParse(set);
  const pasted = pastedFaults(set);
  const issues = [parsed, ofProviders].flatMap(({ error }) => error?.issues ?? []);
  const needed = issues.map(({ path, message }) => ({ variable: String(path[0]), needs: message }));
  // Where quotes are the reason, what else the value needs is not.
  const others = [...needed, ...fileProblems].filter(
    ({ variable }) => !pasted.some((fault) => fault.variable === variable),
  );
  const problems: Problem[] = [...pasted, ...others];
  const malformed = problems.map(({ variable }) => variable);
  problems.push(...crossCheck(set, new Set([...malformed, ...unread])));
  const misspelt = misspeltIn(Object.keys(given));
  if (!parsed.success || !ofProviders.success || problems.length > 0) {
    throw new ConfigError(problems, set, misspelt);
  }
  return deepFreeze({ ...build(parsed.data, ofProviders.data, secretFor), misspelt });
}

function build(
  vars: Variables,
  ofProviders: Readonly<Record<string, unknown>>,
  secretFor: (file: string) => string,
): Omit<Config, 'misspelt'> {
  const publicUrl = toPublicUrl(vars.PUBLIC_URL ?? `http://localhost:${vars.PORT}`);
  const production = vars.NODE_ENV === 'production';
  const sandbox = sandboxIsOn({ ...ofProviders, ...vars }, publicUrl.href);
  const database = toDatabase(vars);
  const secretFile = join(database.kind === 'file' ? dirname(database.file) : 'data', SECRET_FILE);
  return {
    production,
    // Whoever may be reached by others says so.
    listen: { host: vars.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'), port: vars.PORT },
    keepAliveSeconds: vars.KEEP_ALIVE_SECONDS,
    shutdownDrainMs: vars.SHUTDOWN_DRAIN_MS ?? (production ? PRODUCTION_DRAIN_MS : 0),
    management:
      vars.MANAGEMENT_PORT === undefined
        ? null
        : { host: vars.MANAGEMENT_HOST, port: vars.MANAGEMENT_PORT },
    tracing: toTracing(vars),
    publicUrl,
    cookieDomain: vars.COOKIE_DOMAIN ?? null,
    pages: vars.PAGES,
    docs: vars.DOCS ?? !production,
    supportUrl: vars.SUPPORT_URL ?? null,
    brand: toBrand(vars),
    allowedOrigins: vars.ALLOWED_ORIGINS,
    handoverTargets: vars.HANDOVER_TARGETS,
    defaultReturnTo: vars.DEFAULT_RETURN_TO ?? `${publicUrl.prefix}/account`,
    signInErrorUrl: vars.SIGN_IN_ERROR_URL ?? `${publicUrl.prefix}/`,
    trustProxy: vars.TRUST_PROXY || false,
    secrets: vars.SESSION_SECRET ?? [secretFor(secretFile)],
    secretFile: vars.SESSION_SECRET === undefined ? secretFile : null,
    sessions: {
      idleSeconds: vars.SESSION_IDLE_SECONDS,
      absoluteSeconds: vars.SESSION_ABSOLUTE_SECONDS,
      recentSignInSeconds: vars.RECENT_SIGN_IN_SECONDS,
      recentSignInAssurance: vars.RECENT_SIGN_IN_ASSURANCE,
      identitySettleSeconds: vars.IDENTITY_SETTLE_SECONDS,
    },
    attemptSeconds: vars.ATTEMPT_SECONDS,
    tokens:
      vars.TOKEN_AUDIENCES === undefined
        ? null
        : { audiences: vars.TOKEN_AUDIENCES, seconds: vars.TOKEN_SECONDS },
    activityRetentionDays: vars.ACTIVITY_RETENTION_DAYS,
    database,
    migrateAtStart: vars.MIGRATE_AT_START,
    providers: toProvidersConfig(ofProviders, sandbox ? vars.SANDBOX_PORT : null),
    providerTimeoutMs: vars.PROVIDER_TIMEOUT_MS,
    outgoingProxy: toOutgoingProxy(vars),
    rateLimits: {
      all: vars.RATE_LIMIT_PER_MINUTE ?? (sandbox ? SANDBOX_LIMITS : LIMITS).all,
      signIn: vars.SIGN_IN_RATE_LIMIT_PER_MINUTE ?? (sandbox ? SANDBOX_LIMITS : LIMITS).signIn,
      service: vars.SERVICE_RATE_LIMIT_PER_MINUTE,
    },
    serviceKeys: vars.SERVICE_KEYS,
    sandbox: sandbox ? { port: vars.SANDBOX_PORT } : null,
    logLevel: vars.LOG_LEVEL,
  };
}

/** The sandbox is local, where no proxy can reach it. */
function toOutgoingProxy({
  HTTP_PROXY,
  HTTPS_PROXY,
  NO_PROXY,
}: Variables): Config['outgoingProxy'] {
  if (HTTP_PROXY === undefined && HTTPS_PROXY === undefined) return null;
  const except = `${NO_PROXY},localhost,127.0.0.1,[::1]`;
  return { http: HTTP_PROXY, https: HTTPS_PROXY, except };
}

function toTracing(vars: Variables): Config['tracing'] {
  if (!tracingIsOn(vars)) return null;
  // Headers for traces take precedence over general ones, header by header, as in the SDK.
  return {
    headers: { ...vars.OTEL_EXPORTER_OTLP_HEADERS, ...vars.OTEL_EXPORTER_OTLP_TRACES_HEADERS },
  };
}

function toPublicUrl(href: string): PublicUrl {
  const url = new URL(href);
  const prefix = url.pathname.replace(/\/+$/, '');
  return {
    href: url.origin + prefix,
    origin: url.origin,
    prefix,
    secure: url.protocol === 'https:',
  };
}

function toDatabase(vars: Variables): DatabaseConfig {
  const url = vars.DATABASE_URL;
  if (url.startsWith('file:')) {
    return { kind: 'file', file: url.replace(/^file:(?:\/\/(?=\/))?/, '') };
  }
  return {
    kind: 'postgres',
    url,
    poolSize: vars.DATABASE_POOL_SIZE,
    connectTimeoutMs: vars.DATABASE_CONNECT_TIMEOUT_MS,
    statementTimeoutMs: vars.DATABASE_STATEMENT_TIMEOUT_MS,
    preparedStatements: vars.DATABASE_PREPARED_STATEMENTS,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
