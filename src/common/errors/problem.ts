import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { AppError, errorCodes } from './app-error.js';
import { providerIds } from '../provider-id.js';
import { timestampSchema, toTimestamp } from '../timestamp.js';

/** RFC 9457 problem details with this service's stable `code`. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes),
    detail: z.string(),
    requestId: z.string(),
    signInWith: z
      .enum(providerIds)
      .optional()
      .describe('With account_exists: the provider to sign in with, where it may be named.'),
    reauthUrl: z
      .url()
      .optional()
      .describe(
        'With reauth_required, with identity_too_new where an older provider does, and with rate_limited where other sessions of the user have used up what there is: where to send the browser. Add returnTo to come back.',
      ),
    availableFrom: timestampSchema
      .optional()
      .describe('With identity_too_new: from when on it can be done.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(error.signInWith !== null && { signInWith: error.signInWith }),
    ...(error.reauthUrl !== null && { reauthUrl: error.reauthUrl }),
    ...(error.availableFrom !== null && { availableFrom: toTimestamp(error.availableFrom) }),
  };
}
