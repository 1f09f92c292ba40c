import * as z from 'zod';
import { isIP } from 'node:net';
import { onOff } from '../common/on-off.js';
import { isBareUrl } from '../common/url.js';
import { brandVariables } from './brand.js';
import { cookieDomain } from './cookie-domain.js';
import { databaseUrl } from './database-url.js';
import { handoverTargets } from './handover-targets.js';
import { MIN_SECRET_LENGTH } from './secret-strength.js';
import { serviceKeys } from './service-keys.js';
import { MAX_TOKEN_SECONDS, tokenAudiences } from './token-audiences.js';
import { otlpHeaders } from './tracing.js';
import { proxies } from './trust-proxy.js';

/** The same message for a missing and a malformed value. It never quotes a secret. */
const needs = (message: string) => ({ error: message });

const wholeNumber = (low: number, high: number) =>
  z.coerce
    .number(needs(`needs a whole number from ${low} to ${high}`))
    .int(needs(`needs a whole number from ${low} to ${high}`))
    .min(low, needs(`needs a whole number from ${low} to ${high}`))
    .max(high, needs(`needs a whole number from ${low} to ${high}`));

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const baseUrlNeeds = 'needs an http(s) URL without query, fragment or credentials';
const baseUrl = z
  .string()
  .refine(isBareUrl, needs(baseUrlNeeds))
  .transform((value) => value.replace(/\/+$/, ''));

const origins = list
  .refine((items) => !items.some((item) => item.includes('*')), {
    ...needs(
      'cannot have a *: a site that nobody named could act for whoever is signed in. List the origins, such as https://app.example.com',
    ),
    abort: true,
  })
  .refine(
    (items) => items.every((item) => URL.canParse(item) && new URL(item).origin === item),
    needs(
      'needs a comma list of origins such as https://app.example.com (no path, no trailing slash)',
    ),
  );

const destination = z
  .string()
  .refine(
    (value) => /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(value) || isHttpDestination(value),
    needs('needs a path that starts with one slash, or an http(s) URL'),
  );

const supportUrl = z
  .string()
  .refine(
    (value) =>
      URL.canParse(value) &&
      (/^mailto:[^\s@?]+@[^\s@?]+(?:\?\S*)?$/i.test(value) ||
        (/^https:\/\/[^/]/i.test(value) && isHttpDestination(value))),
    needs('needs an https URL, or mailto: and an address, such as mailto:help@example.com'),
  );

function isHttpDestination(value: string): boolean {
  return /^https?:\/\/[^/]/.test(value) && URL.canParse(value) && new URL(value).username === '';
}

/** Defaults that the cross-checks need too. */
export const defaults = { port: 3000, idleSeconds: 604_800, absoluteSeconds: 2_592_000 } as const;

const secrets = list.refine(
  (items) => items.length > 0 && items.every((item) => item.length >= MIN_SECRET_LENGTH),
  needs(
    `needs at least ${MIN_SECRET_LENGTH} characters in each of its comma-separated secrets (latchkey secret prints one)`,
  ),
);

/**
 * An address or host name to listen on (RFC 1123 §2.1). Whether it belongs to this machine is only known when
 * listening.
 */
const host = z
  .string()
  .refine(
    (value) => isIP(value) > 0 || /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i.test(value),
    needs('needs an address or a host name of this machine, without scheme and port'),
  );

/** A proxy for requests to providers; credentials in its URL are sent to it. */
const outgoingProxy = z
  .string()
  .refine(
    (value) => /^https?:\/\/./i.test(value) && URL.canParse(value),
    needs('needs an http(s) URL such as http://proxy.example:3128'),
  );

const nodeEnv = z.enum(
  ['production', 'development', 'test'],
  needs('needs production, development or test, or to be unset'),
);

const seconds = wholeNumber(1, 31_536_000);

const otlpEndpoint = z
  .string()
  .refine(
    (value) => /^https?:\/\/./i.test(value) && URL.canParse(value),
    needs('needs an http(s) URL such as http://localhost:4318'),
  );

/** The OpenTelemetry variables that enable it or hold a secret. The SDK reads all others. */
const otelVariables = {
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_EXPORTER: z
    .enum(['otlp', 'none'], needs('needs otlp or none: no other exporter is built in'))
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlpEndpoint.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: otlpHeaders.optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: otlpHeaders.optional(),
};

/**
 * Every variable except the providers' (`providerVariables`). Unknown ones are ignored; an empty one counts as not set.
 */
export const variables = z.object({
  NODE_ENV: nodeEnv.optional(),
  HOST: host.optional(),
  PORT: wholeNumber(1, 65_535).default(defaults.port),
  KEEP_ALIVE_SECONDS: wholeNumber(1, 7200).default(76),
  SHUTDOWN_DRAIN_MS: wholeNumber(0, 600_000).optional(),
  MANAGEMENT_HOST: host.default('127.0.0.1'),
  MANAGEMENT_PORT: wholeNumber(1, 65_535).optional(),
  PUBLIC_URL: baseUrl.optional(),
  COOKIE_DOMAIN: cookieDomain.optional(),
  PAGES: onOff.default(true),
  DOCS: onOff.optional(),
  SUPPORT_URL: supportUrl.optional(),
  ...brandVariables,
  ALLOWED_ORIGINS: origins.default([]),
  HANDOVER_TARGETS: handoverTargets.default([]),
  DEFAULT_RETURN_TO: destination.optional(),
  SIGN_IN_ERROR_URL: destination.optional(),
  TRUST_PROXY: proxies.optional(),
  SESSION_SECRET: secrets.optional(),
  SESSION_IDLE_SECONDS: seconds.default(defaults.idleSeconds),
  SESSION_ABSOLUTE_SECONDS: seconds.default(defaults.absoluteSeconds),
  RECENT_SIGN_IN_SECONDS: seconds.default(600),
  RECENT_SIGN_IN_ASSURANCE: z
    .enum(['asked', 'proven'], needs('needs asked or proven'))
    .default('asked'),
  IDENTITY_SETTLE_SECONDS: wholeNumber(0, 2_592_000).default(604_800),
  ATTEMPT_SECONDS: wholeNumber(1, 3600).default(600),
  TOKEN_AUDIENCES: tokenAudiences.optional(),
  TOKEN_SECONDS: wholeNumber(1, MAX_TOKEN_SECONDS).default(300),
  ACTIVITY_RETENTION_DAYS: wholeNumber(1, 3650).default(90),
  DATABASE_URL: databaseUrl.default('file:./data/latchkey.db'),
  DATABASE_POOL_SIZE: wholeNumber(1, 1000).default(10),
  DATABASE_CONNECT_TIMEOUT_MS: wholeNumber(100, 60_000).default(3000),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(100, 60_000).default(5000),
  MIGRATE_AT_START: onOff.default(true),
  DATABASE_PREPARED_STATEMENTS: onOff.default(true),
  PROVIDER_TIMEOUT_MS: wholeNumber(100, 60_000).default(10_000),
  HTTPS_PROXY: outgoingProxy.optional(),
  HTTP_PROXY: outgoingProxy.optional(),
  NO_PROXY: z.string().default(''),
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000).optional(),
  SIGN_IN_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000).optional(),
  SERVICE_KEYS: serviceKeys.default([]),
  SERVICE_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 10_000_000).default(60_000),
  SANDBOX: z.enum(['auto', 'on', 'off'], needs('needs auto, on or off')).default('auto'),
  SANDBOX_PORT: wholeNumber(1, 65_535).default(4000),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      needs('needs one of fatal, error, warn, info, debug, trace, silent'),
    )
    .default('info'),
  ...otelVariables,
});

export type Variables = z.output<typeof variables>;
