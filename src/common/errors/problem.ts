import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { AppError, errorCodes, messageOf } from './app-error.js';
import { providerIdSchema } from '../provider-id.js';
import { timestampSchema, toTimestamp } from '../timestamp.js';

export const errorCodeSchema = z.enum(errorCodes).meta({
  id: 'ErrorCode',
  description: 'What failed. A code is never renamed; new ones may come.',
});

/** RFC 9457 problem details with this service's stable `code`. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: errorCodeSchema,
    detail: z.string(),
    requestId: z.string(),
    signInWith: providerIdSchema
      .optional()
      .describe('With account_exists: the provider to sign in with, where it may be named.'),
    reauthUrl: z
      .url()
      .optional()
      .describe(
        'With reauth_required, with identity_too_new where an older provider does, and with rate_limited where somebody else may have used up what the session or its user has: where to send the browser. Add returnTo to come back.',
      ),
    availableFrom: timestampSchema
      .optional()
      .describe('With identity_too_new: from when on it can be done.'),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        code: 'last_identity',
        detail: messageOf('last_identity'),
        requestId: '0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a',
      },
    ],
  });

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
