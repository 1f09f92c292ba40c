import type { RequestHandler } from 'express';
import { type Answer, answerWithFault, json, type OwnAnswers, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { formOf, isForm, queryOf, repeatedIn } from '../core/http.js';
import type { Ledger } from '../core/ledger.js';
import {
  authenticateClient,
  checkVerifier,
  type ClientCheck,
  type VerifierCheck,
} from '../core/oauth2.js';
import type { ProviderContext } from '../core/provider.js';
import type { GoogleGrant } from './claims.js';
import { type GoogleKeys, mintIdToken } from './id-token.js';

/** What Google's endpoints share. */
export interface GoogleContext {
  sandbox: ProviderContext;
  issuer: string;
  codes: Ledger<GoogleGrant>;
  tokens: Ledger<GoogleGrant>;
  keys: GoogleKeys;
}

const failure = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });

const faultAnswers: OwnAnswers = {
  error: failure(400, 'invalid_grant', 'Bad Request'),
  refused: failure(403, 'access_denied', 'The caller does not have permission'),
  rate_limited: failure(429, 'rate_limit_exceeded', 'Rate Limit Exceeded'),
};

const clientFailures: Record<Exclude<ClientCheck, 'ok'>, Answer> = {
  both: failure(400, 'invalid_request', 'Client authentication was sent in two ways.'),
  malformed: failure(400, 'invalid_request', 'Could not read the Authorization header.'),
  no_id: failure(400, 'invalid_request', 'Could not determine client ID from request.'),
  no_secret: failure(400, 'invalid_request', 'client_secret is missing.'),
  unknown: failure(401, 'invalid_client', 'The OAuth client was not found.'),
  wrong: failure(401, 'invalid_client', 'The provided client secret is invalid.'),
};

const verifierFailures: Record<Exclude<VerifierCheck, 'ok'>, Answer> = {
  missing: failure(400, 'invalid_grant', 'Missing code verifier.'),
  unexpected: failure(400, 'invalid_grant', 'code_verifier or verifier is not needed.'),
  wrong: failure(400, 'invalid_grant', 'Invalid code verifier.'),
};

function checkForm(form: URLSearchParams, query: URLSearchParams): Answer | undefined {
  const again = repeatedIn(form);
  if (again !== undefined) {
    const message = `OAuth 2 parameters can only have a single value: ${again}`;
    return failure(400, 'invalid_request', message);
  }
  // RFC 6749 §2.3.1: credentials must not be in the URI; nor must a code, which logs would keep.
  if (['client_secret', 'code', 'code_verifier'].some((name) => query.has(name))) {
    return failure(400, 'invalid_request', 'Parameters belong in the body of the request.');
  }
  return undefined;
}

function checkGrantType(form: URLSearchParams): Answer | undefined {
  const type = form.get('grant_type');
  if (type === null) {
    return failure(400, 'invalid_request', 'Missing required parameter: grant_type');
  }
  if (type !== 'authorization_code') {
    return failure(400, 'unsupported_grant_type', `Invalid grant_type: ${type}`);
  }
  return form.has('code')
    ? undefined
    : failure(400, 'invalid_request', 'Missing required parameter: code');
}

/** Whatever the outcome, a code that was presented is spent (RFC 6749 §4.1.2). */
function redeem(form: URLSearchParams, codes: Ledger<GoogleGrant>): GoogleGrant | Answer {
  const spent = codes.spend(form.get('code') ?? '');
  if (spent.state !== 'ok') {
    const message = spent.state === 'unknown' ? 'Malformed auth code.' : 'Bad Request';
    return failure(400, 'invalid_grant', message);
  }
  const grant = spent.value;
  if (form.get('redirect_uri') !== grant.redirectUri) {
    return failure(400, 'redirect_uri_mismatch', 'Bad Request');
  }
  const verified = checkVerifier(grant.challenge, form.get('code_verifier'));
  return verified === 'ok' ? grant : verifierFailures[verified];
}

/** The token endpoint (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function token({ sandbox, issuer, codes, tokens, keys }: GoogleContext): RequestHandler {
  const { client } = sandbox;
  return async (req, res) => {
    const armed = sandbox.takeFault('token');
    if (answerWithFault(res, armed, faultAnswers)) return;
    if (!isForm(req)) {
      const message = 'The request body must be application/x-www-form-urlencoded.';
      return send(res, failure(400, 'invalid_request', message));
    }
    const form = formOf(req);
    const badForm = checkForm(form, queryOf(req));
    if (badForm) return send(res, badForm);
    const authenticated = authenticateClient(req.get('authorization'), form, client);
    if (authenticated !== 'ok') {
      const answer = clientFailures[authenticated];
      if (answer.status === 401 && req.get('authorization') !== undefined) {
        res.set('WWW-Authenticate', 'Basic realm="https://accounts.google.com/"');
      }
      return send(res, answer);
    }
    const badType = checkGrantType(form);
    if (badType) return send(res, badType);
    const grant = redeem(form, codes);
    if ('status' in grant) return send(res, grant);

    const fault = armed ?? plannedAt(grant.plan, 'token');
    if (answerWithFault(res, fault, faultAnswers)) return;
    const accessToken = tokens.issue(grant);
    const clientId = client.clientId;
    const idToken = await mintIdToken({ issuer, clientId, grant, accessToken, keys, fault });
    send(
      res,
      json(200, {
        access_token: accessToken,
        expires_in: 3599,
        scope: grant.scopes.join(' '),
        token_type: 'Bearer',
        ...(idToken !== undefined && { id_token: idToken }),
      }),
    );
  };
}
