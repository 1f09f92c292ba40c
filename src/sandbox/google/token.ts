import type { RequestHandler } from 'express';
import { type Answer, answerWithFault, json, type OwnAnswers, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { formOf, isForm, queryOf, repeatedIn } from '../core/http.js';
import type { Ledger } from '../core/ledger.js';
import { oauthError, refuseClient, verifierProblem } from '../core/oauth.js';
import type { ProviderContext } from '../core/provider.js';
import { type GoogleGrant, type GoogleKeys, mintIdToken } from './id-token.js';

/** What Google's endpoints share. */
export interface GoogleContext {
  sandbox: ProviderContext;
  issuer: string;
  codes: Ledger<GoogleGrant>;
  tokens: Ledger<GoogleGrant>;
  keys: GoogleKeys;
}

const faultAnswers: OwnAnswers = {
  error: oauthError(400, 'invalid_grant', 'Bad Request'),
  refused: oauthError(403, 'access_denied', 'The caller does not have permission'),
  rate_limited: oauthError(429, 'rate_limit_exceeded', 'Rate Limit Exceeded'),
};

function checkForm(form: URLSearchParams, query: URLSearchParams): Answer | undefined {
  const again = repeatedIn(form);
  if (again !== undefined) {
    const message = `OAuth 2 parameters can only have a single value: ${again}`;
    return oauthError(400, 'invalid_request', message);
  }
  // RFC 6749 §2.3.1: credentials must not be in the URI; nor must a code, which logs would keep.
  if (['client_secret', 'code', 'code_verifier'].some((name) => query.has(name))) {
    return oauthError(400, 'invalid_request', 'Parameters belong in the body of the request.');
  }
  return undefined;
}

function checkGrantType(form: URLSearchParams): Answer | undefined {
  const type = form.get('grant_type');
  if (type === null) {
    return oauthError(400, 'invalid_request', 'Missing required parameter: grant_type');
  }
  if (type !== 'authorization_code') {
    return oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${type}`);
  }
  return form.has('code')
    ? undefined
    : oauthError(400, 'invalid_request', 'Missing required parameter: code');
}

/** Whatever the outcome, a code that was presented is spent (RFC 6749 §4.1.2). */
function redeem(form: URLSearchParams, codes: Ledger<GoogleGrant>): GoogleGrant | Answer {
  const spent = codes.spend(form.get('code') ?? '');
  if (spent.state !== 'ok') {
    const message = spent.state === 'unknown' ? 'Malformed auth code.' : 'Bad Request';
    return oauthError(400, 'invalid_grant', message);
  }
  const grant = spent.value;
  if (form.get('redirect_uri') !== grant.redirectUri) {
    return oauthError(400, 'redirect_uri_mismatch', 'Bad Request');
  }
  const problem = verifierProblem(grant.challenge, form.get('code_verifier'));
  return problem === undefined ? grant : oauthError(400, 'invalid_grant', problem);
}

/** The token endpoint (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function token({ sandbox, issuer, codes, tokens, keys }: GoogleContext): RequestHandler {
  const { client } = sandbox;
  return async (req, res) => {
    const armed = sandbox.takeFault('token');
    if (answerWithFault(res, armed, faultAnswers)) return;
    if (!isForm(req)) {
      const message = 'The request body must be application/x-www-form-urlencoded.';
      return send(res, oauthError(400, 'invalid_request', message));
    }
    const form = formOf(req);
    const badForm = checkForm(form, queryOf(req));
    if (badForm) return send(res, badForm);
    const refused = refuseClient(req.get('authorization'), form, client);
    if (refused) {
      if (refused.status === 401 && req.get('authorization') !== undefined) {
        res.set('WWW-Authenticate', 'Basic realm="https://accounts.google.com/"');
      }
      return send(res, refused);
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
