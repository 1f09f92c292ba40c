import type { Request } from 'express';
import * as z from 'zod';
import type { AppError, ErrorCode } from '../common/errors/app-error.js';
import { errorCodeSchema } from '../common/errors/problem.js';
import { requestIdOf } from '../common/logging/request-context.js';
import { isProviderId, type ProviderId, providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import { withParameters } from '../common/url.js';
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

/** The query with which a browser is told of a failure. */
export const errorRedirectSchema = z
  .object({
    error: errorCodeSchema,
    provider: providerIdSchema.optional(),
    requestId: z.string().describe('To be quoted: the log has all of the request by it.'),
    purpose: z
      .enum(['link', 'reauthenticate'])
      .optional()
      .describe('What was meant: connecting a provider, or a step-up; left out for a sign-in.'),
    returnTo: z.string().optional().describe('That of the start, for the next try.'),
    state: z.string().optional().describe('That of the start.'),
    signInWith: providerIdSchema
      .optional()
      .describe('The provider to sign in with, or to step up with, where it may be named.'),
    availableFrom: timestampSchema
      .optional()
      .describe('With identity_too_new: from when on it can be done.'),
  })
  .meta({
    id: 'ErrorRedirect',
    description: 'The query of the error URL after a failure.',
    examples: [
      {
        error: 'account_exists',
        provider: 'twitter',
        requestId: '0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a',
        returnTo: '/inbox',
        signInWith: 'google',
      },
    ],
  });

/** Who has failed, and what with: each becomes a parameter. Nulls are left out. */
type Details = Readonly<Record<'provider' | 'purpose' | 'returnTo' | 'state', string | null>>;

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
  { provider, purpose, returnTo, state }: Details,
): string {
  const { publicUrl, signInErrorUrl } = config;
  const page = errorTo ?? signInErrorUrl;
  const signInWith = error.signInWith ?? stepUpProvider(error.reauthUrl);
  const isOn = signInWith !== null && config.providers[signInWith] !== null;
  const { availableFrom } = error;
  const parameters = {
    error: error.code,
    provider,
    requestId: requestIdOf(request),
    purpose,
    returnTo,
    state,
    signInWith: isOn ? signInWith : null,
    availableFrom: availableFrom === null ? null : toTimestamp(availableFrom),
  };
  return withParameters(page, parameters, publicUrl.origin);
}

/** The provider that a step-up leads to; null where the person chooses one. */
export function stepUpProvider(reauthUrl: string | null): ProviderId | null {
  const id = /\/auth\/([a-z]+)\?/.exec(reauthUrl ?? '')?.[1];
  return isProviderId(id) ? id : null;
}
