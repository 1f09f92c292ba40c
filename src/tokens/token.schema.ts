import * as z from 'zod';
import { timestampSchema } from '../common/timestamp.js';

export const tokenRequestSchema = z
  .object({
    audience: z
      .string()
      .optional()
      .describe(
        'The service that the token is for, of TOKEN_AUDIENCES; not needed where there is one.',
      ),
  })
  .default({});

export type TokenRequest = z.infer<typeof tokenRequestSchema>;

export const accessTokenSchema = z
  .object({
    accessToken: z
      .string()
      .describe('A JWT (RFC 9068), for `Authorization: Bearer` at the service.'),
    expiresAt: timestampSchema.describe('Ask for another one before.'),
  })
  .meta({ id: 'AccessToken' });

export type AccessToken = z.infer<typeof accessTokenSchema>;

export const keySetSchema = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        kid: z.string(),
        alg: z.literal('ES256'),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'KeySet' });

export type KeySet = z.infer<typeof keySetSchema>;

export const metadataSchema = z
  .object({ issuer: z.url(), jwks_uri: z.url() })
  .meta({ id: 'IssuerMetadata' });

export type Metadata = z.infer<typeof metadataSchema>;
