import type { Request } from 'express';
import type { AppError, ErrorCode } from '../common/errors/app-error.js';
import { requestIdOf } from '../common/logging/request-context.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import type { Config } from '../config/config.js';

/** Failures that are not an outcome of what was asked for: a redirect would hide them, or fail again at once. */
const ANSWERED_IN_PLACE: ReadonlySet<ErrorCode> = new Set([
  'bad_request',
  'csrf_failed',
  'misdirected_request',
  'not_found',
  'not_ready',
  'payload_too_large',
  'rate_limited',
  'store_unavailable',
  'unsupported_media_type',
]);

export function isAnsweredInPlace({ code }: AppError): boolean {
  return ANSWERED_IN_PLACE.has(code);
}

/** Who has failed, and what with: each becomes a parameter. Nulls are left out. */
type Details = Readonly<Record<'provider' | 'purpose' | 'returnTo', string | null>>;

/**
 * Where a browser is sent to be told of a failure: the front end's own page.
 *
 * @param errorTo what the request has asked for, already checked; null for SIGN_IN_ERROR_URL
 */
export function errorRedirect(
  config: Pick<Config, 'publicUrl' | 'signInErrorUrl' | 'providers'>,
  request: Request,
  error: AppError,
  errorTo: string | null,
  { provider, purpose, returnTo }: Details,
): string {
  const { publicUrl, signInErrorUrl } = config;
  const page = errorTo ?? signInErrorUrl;
  const signInWith = error.signInWith ?? stepUpProvider(error.reauthUrl);
  const isOn = signInWith !== null && config.providers[signInWith] !== null;
  const { availableFrom } = error;
  const url = new URL(page, publicUrl.origin);
  for (const [name, value] of Object.entries({
    error: error.code,
    provider,
    requestId: requestIdOf(request),
    purpose,
    returnTo,
    signInWith: isOn ? signInWith : null,
    availableFrom: availableFrom === null ? null : toTimestamp(availableFrom),
  })) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return page.startsWith('/') ? url.pathname + url.search + url.hash : url.href;
}

/** The provider that a step-up leads to; null where the person chooses one. */
export function stepUpProvider(reauthUrl: string | null): ProviderId | null {
  const id = /\/auth\/([a-z]+)\?/.exec(reauthUrl ?? '')?.[1];
  return isProviderId(id) ? id : null;
}
