import { Router, type Request, type Response } from 'express';
import { plannedAt } from './consent-faults.js';
import { answerWithFault, elsewhere, json, send, type OwnAnswers } from './fault-answers.js';
import { googleAuthorize } from './google-authorize.js';
import { personClaims, type GoogleGrant } from './google-grant.js';
import type { GoogleKeys } from './google-keys.js';
import { googleToken } from './google-token.js';
import { bearerOf, formOf, queryOf } from './http.js';
import { exactRoutes, type Parts } from './parts.js';
import { providers } from './provider.js';
import { randomAlphanumeric, randomBase64url } from './random.js';
import type { SandboxClient } from './types.js';

const apiError = (status: number, message: string, name: string) =>
  json(status, { error: { code: status, message, status: name } });

const own: OwnAnswers = {
  error: apiError(500, 'Internal error encountered.', 'INTERNAL'),
  refused: apiError(403, 'The caller does not have permission', 'PERMISSION_DENIED'),
  rate_limited: apiError(429, 'Quota exceeded.', 'RESOURCE_EXHAUSTED'),
};

/** OpenID Connect Discovery 1.0 §3, and RFC 8414 §2. */
function discoveryDocument(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/oauth2/v3/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      'aud',
      'azp',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'hd',
      'iat',
      'iss',
      'name',
      'picture',
      'sub',
    ],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}

const cacheable = { 'Cache-Control': 'public, max-age=3600, must-revalidate, no-transform' };

/**
 * Plays Google for one registered app: discovery, authorization, token, keys, userinfo and revocation.
 * @returns the routes below the issuer's path
 */
export function createGoogle(parts: Parts, client: SandboxClient, keys: GoogleKeys): Router {
  const { book, faults, consent } = parts;
  const issuer = parts.url + providers.google.api;
  const codes = book.open<GoogleGrant>({
    lifetimeMs: 60_000,
    newKey: () => `4/0A${randomBase64url(51)}`,
  });
  const tokens = book.open<GoogleGrant>({
    lifetimeMs: 3_599_000,
    newKey: () => `ya29.a0A${randomAlphanumeric(160)}`,
  });

  const userinfo = (req: Request, res: Response): void => {
    const armed = faults.take('google', 'profile');
    if (answerWithFault(res, armed, own)) return;
    const grant = tokens.peek(bearerOf(req) ?? '');
    if (!grant) {
      res.set(
        'WWW-Authenticate',
        'Bearer realm="https://accounts.google.com/", error="invalid_token"',
      );
      const says = 'Invalid Credentials';
      return send(res, json(401, { error: 'invalid_request', error_description: says }));
    }
    if (answerWithFault(res, plannedAt(grant.plan, 'profile'), own)) return;
    send(res, json(200, personClaims(grant)));
  };

  const router = Router(exactRoutes);
  router.get('/.well-known/openid-configuration', (_req, res) => {
    if (answerWithFault(res, faults.take('google', 'discovery'), own)) return;
    send(res, json(200, discoveryDocument(issuer), cacheable));
  });
  router.get('/oauth2/v3/certs', (_req, res) => {
    if (answerWithFault(res, faults.take('google', 'jwks'), own)) return;
    send(res, json(200, { keys: [keys.current().publicJwk] }, cacheable));
  });
  router.get('/o/oauth2/v2/auth', googleAuthorize({ issuer, client, codes }, parts));
  router.post('/consent', consent.decide('google'));
  router.post('/token', googleToken({ issuer, client, codes, tokens, keys, faults }));
  router.get('/v1/userinfo', userinfo);
  router.post('/v1/userinfo', userinfo);
  router.post('/revoke', (req, res) => {
    // RFC 7009; unlike it, Google tells when it does not know the token.
    const token = formOf(req).get('token') ?? queryOf(req).get('token') ?? '';
    const revoked = tokens.spend(token).state === 'ok';
    const unknown = { error: 'invalid_token', error_description: 'Token expired or revoked' };
    send(res, revoked ? json(200, {}) : json(400, unknown));
  });
  router.get('/elsewhere', (_req, res) => elsewhere(res));
  return router;
}
