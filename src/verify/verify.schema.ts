import * as z from 'zod';
import { AppError } from '../common/errors/app-error.js';
import { providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { isVerified } from '../users/email-key.js';

const LONGEST_MAX_AGE = 31_536_000;

/** The parameters of `GET /auth/verify`. */
export const verifyQuerySchema = z.object({
  redirect: z
    .literal('1')
    .optional()
    .describe('A navigation that nobody is signed in for goes to sign-in, and back.'),
  provider: providerIdSchema
    .optional()
    .describe('An identity of this provider has proven the session.'),
  domain: z
    .string()
    .max(253)
    .regex(/^[a-z\d-]+(?:\.[a-z\d-]+)+$/, 'needs a domain in lower case, such as example.com')
    .optional()
    .describe(
      'An identity that is authoritative for addresses of this domain has proven the session, within a day unless max_age says otherwise.',
    ),
  verified: z.literal('1').optional().describe('The user’s address is verified.'),
  max_age: z
    .string()
    .regex(/^\d{1,8}$/, 'needs a whole number of seconds')
    .transform(Number)
    .refine((seconds) => seconds >= 1 && seconds <= LONGEST_MAX_AGE, {
      error: `needs a whole number from 1 to ${LONGEST_MAX_AGE}`,
    })
    .optional()
    .describe('How old such a proof may be, in seconds.'),
  token: z
    .string()
    .max(200)
    .optional()
    .describe(
      'With a service key: the service of TOKEN_AUDIENCES for which X-Latchkey-Token is to have a token.',
    ),
});

export type VerifyQuery = z.output<typeof verifyQuerySchema>;

/**
 * Refuses what is none of the parameters: a narrowing that is misspelt must not let everybody in. The schema would pass
 * over `__proto__`, strict or not.
 *
 * @throws AppError `bad_request`
 */
export function refuseUnknownParameters(query: object): void {
  if (Object.keys(query).every((name) => Object.hasOwn(verifyQuerySchema.shape, name))) return;
  const known = Object.keys(verifyQuerySchema.shape).join(', ');
  throw new AppError('bad_request', {
    detail: `One of the parameters is not known here. These are: ${known}.`,
    log: { reason: 'unknown parameter' },
  });
}

/** As long as all headers of a request may be. */
const MAX_COOKIE = 16_384;

export const introspectionSchema = z.object({
  cookie: z.string().max(MAX_COOKIE).describe('The browser’s whole Cookie header.'),
});

export type Introspection = z.infer<typeof introspectionSchema>;

const activeSchema = z.object({
  active: z.literal(true),
  user: z.object({
    id: z.uuid(),
    displayName: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    avatarUrl: z.url().nullable(),
  }),
  session: z.object({
    id: z.uuid(),
    createdAt: timestampSchema,
    authenticatedAt: timestampSchema,
    expiresAt: timestampSchema,
    provider: providerIdSchema,
  }),
});

export const introspectedSchema = z
  .discriminatedUnion('active', [z.object({ active: z.literal(false) }), activeSchema])
  .meta({ id: 'Introspection' });

export type Introspected = z.infer<typeof introspectedSchema>;

/** Presents what a server is told of a browser. */
export function toIntrospected(session: SignedInSession | null): Introspected {
  if (session === null) return { active: false };
  const { user } = session;
  return {
    active: true,
    user: {
      id: user.id,
      displayName: user.display_name,
      email: user.email,
      emailVerified: isVerified(user.email_trust),
      avatarUrl: user.avatar_url,
    },
    session: {
      id: session.publicId,
      createdAt: toTimestamp(session.createdAt),
      authenticatedAt: toTimestamp(session.authenticatedAt),
      expiresAt: toTimestamp(session.expiresAt),
      provider: session.provider,
    },
  };
}
