import { type RequestHandler, Router } from 'express';
import { answerWithFault, json, type OwnAnswers, send } from '../core/answers.js';
import {
  consentFault,
  namePartsFault,
  plannedAt,
  subjectFault,
  tokenFaults,
} from '../core/faults.js';
import { bearerOf, paramsOf } from '../core/http.js';
import { personFields } from '../core/people.js';
import { exactRoutes, type ProviderContext, type ProviderDescription } from '../core/provider.js';
import { randomAlphanumeric, randomBase64url } from '../core/oauth.js';
import { authorize } from './authorize.js';
import { googleKeysAt, type GoogleGrant, hostedDomain, personClaims } from './id-token.js';
import { type GoogleContext, token } from './token.js';

const idTokenFaults = {
  id_token_missing: 'No ID token',
  id_token_unsigned: 'Unsigned (alg none)',
  id_token_hs256: 'HS256 with the public key as secret',
  id_token_bad_signature: 'Signature does not match',
  id_token_wrong_audience: 'Made for another app',
  id_token_wrong_azp: 'Another authorised party (azp)',
  id_token_wrong_issuer: 'Another issuer',
  id_token_expired: 'Expired',
  id_token_future: 'Issued in the future',
  id_token_wrong_nonce: 'Wrong nonce',
  id_token_no_nonce: 'No nonce',
  id_token_old_authentication: 'Signed in an hour ago',
  email_verified_text: 'email_verified is text',
  ...namePartsFault,
  ...subjectFault,
} as const;

/** What Google answers to `prompt=none` where somebody is signed in and has to be asked all the same. */
const unaskedFaults = {
  interaction_required: 'Come back with error=interaction_required',
  consent_required: 'Come back with error=consent_required',
  account_selection_required: 'Come back with error=account_selection_required',
} as const;

const path = '/google';

/** Google: OpenID Connect. */
export const google = {
  id: 'google',
  name: 'Google',
  protocol: 'OpenID Connect',
  addresses: { GOOGLE_ISSUER: { label: 'Issuer', path } },
  consentPath: `${path}/consent`,
  people: {
    subject: {
      first: 10n ** 20n,
      span: 2n * 10n ** 19n,
      pattern: /^[\x21-\x7e]{1,255}$/,
      shape: 'up to 255 visible ASCII characters',
    },
    picture: (url) => `${url}=s96-c`,
    fields: [
      personFields.name,
      personFields.email,
      personFields.emailVerified,
      hostedDomain,
      personFields.subject,
    ],
  },
  steps: {
    consent: consentFault,
    login: unaskedFaults,
    discovery: {},
    jwks: {},
    token: idTokenFaults,
    profile: {},
  },
  // The ID token is the profile: a service makes no profile request that could fail.
  consentFaults: [
    {
      label: 'On the way back',
      step: 'login',
      faults: { server_error: 'Come back with error=server_error', ...unaskedFaults },
    },
    { label: 'When the code is exchanged for a token', step: 'token', faults: tokenFaults },
    { label: 'In the ID token', step: 'token', faults: idTokenFaults },
  ],
  actions: { 'rotate-key': 'a new signing key; the old one is gone' },
  start,
} as const satisfies ProviderDescription;

const apiError = (status: number, message: string, name: string) =>
  json(status, { error: { code: status, message, status: name } });

const faultAnswers: OwnAnswers = {
  error: apiError(500, 'Internal error encountered.', 'INTERNAL'),
  refused: apiError(403, 'The caller does not have permission', 'PERMISSION_DENIED'),
  rate_limited: apiError(429, 'Quota exceeded.', 'RESOURCE_EXHAUSTED'),
};

/** OpenID Connect Discovery 1.0 §3, and RFC 8414 §2. */
const discoveryDocument = (issuer: string) => ({
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
  claims_supported:
    'aud azp email email_verified exp family_name given_name hd iat iss name picture sub'.split(
      ' ',
    ),
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

const cacheable = { 'Cache-Control': 'public, max-age=3600, must-revalidate, no-transform' };

/** OpenID Connect Core §5.3. */
function userinfo({ sandbox, tokens }: GoogleContext): RequestHandler {
  return (req, res) => {
    if (answerWithFault(res, sandbox.takeFault('profile'), faultAnswers)) return;
    const grant = tokens.peek(bearerOf(req) ?? '');
    if (!grant) {
      const challenge = 'Bearer realm="https://accounts.google.com/", error="invalid_token"';
      res.set('WWW-Authenticate', challenge);
      const body = { error: 'invalid_request', error_description: 'Invalid Credentials' };
      return send(res, json(401, body));
    }
    if (answerWithFault(res, plannedAt(grant.plan, 'profile'), faultAnswers)) return;
    send(res, json(200, personClaims(grant)));
  };
}

/** RFC 7009; unlike it, Google answers 400 when it does not know the token. */
function revoke({ tokens }: GoogleContext): RequestHandler {
  return (req, res) => {
    const revoked = tokens.spend(paramsOf(req).get('token') ?? '').state === 'ok';
    const unknown = { error: 'invalid_token', error_description: 'Token expired or revoked' };
    send(res, revoked ? json(200, {}) : json(400, unknown));
  };
}

function start(sandbox: ProviderContext) {
  const issuer = sandbox.url + path;
  const keys = googleKeysAt(issuer);
  const context: GoogleContext = {
    sandbox,
    issuer,
    keys,
    codes: sandbox.openLedger<GoogleGrant>({
      lifetimeMs: 60_000,
      newKey: () => `4/0A${randomBase64url(51)}`,
    }),
    tokens: sandbox.openLedger<GoogleGrant>({
      lifetimeMs: 3_599_000,
      newKey: () => `ya29.a0A${randomAlphanumeric(160)}`,
    }),
  };
  const router = Router(exactRoutes);
  router.get('/.well-known/openid-configuration', (_req, res) => {
    if (answerWithFault(res, sandbox.takeFault('discovery'), faultAnswers)) return;
    send(res, json(200, discoveryDocument(issuer), cacheable));
  });
  router.get('/oauth2/v3/certs', async (_req, res) => {
    if (answerWithFault(res, sandbox.takeFault('jwks'), faultAnswers)) return;
    send(res, json(200, { keys: [(await keys.current()).publicJwk] }, cacheable));
  });
  router.get('/o/oauth2/v2/auth', authorize(context));
  router.post('/token', token(context));
  router.get('/v1/userinfo', userinfo(context));
  router.post('/v1/userinfo', userinfo(context));
  router.post('/revoke', revoke(context));
  return { routers: { [path]: router }, actions: { 'rotate-key': () => keys.rotate() } };
}
