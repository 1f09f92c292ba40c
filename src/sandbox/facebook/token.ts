import type { RequestHandler } from 'express';
import { type Answer, answerWithFault, json, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { paramsOf, repeatedIn } from '../core/http.js';
import type { Ledger, Spent } from '../core/ledger.js';
import { checkVerifier, type Grant } from '../core/oauth2.js';
import type { ProviderContext, SandboxClient } from '../core/provider.js';
import { sameText } from '../core/secrets.js';
import { graphError, tokenFaults } from './errors.js';

/** What the dialog, the token endpoint and Graph share. */
export interface FacebookContext {
  sandbox: ProviderContext;
  codes: Ledger<Grant>;
  tokens: Ledger<Grant>;
}

/**
 * About 60 days, as a token that a server gets is good for; the number is that of the sample at
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export const accessTokenSeconds = 5_183_944;

function checkClient(params: URLSearchParams, client: SandboxClient): Answer | undefined {
  const again = repeatedIn(params);
  if (again !== undefined) return graphError(400, `(#100) Parameter ${again} was repeated`, 100);
  if (!params.get('client_id')) return graphError(400, 'Missing client_id parameter.', 101);
  if (params.get('client_id') !== client.clientId) {
    const message =
      'Error validating application. Cannot get application info due to a system error.';
    return graphError(400, message, 101);
  }
  const secret = params.get('client_secret');
  if (!secret) return graphError(400, 'Missing client_secret parameter.', 1);
  if (!sameText(secret, client.clientSecret)) {
    return graphError(400, 'Error validating client secret.', 1);
  }
  if ((params.get('grant_type') ?? 'authorization_code') !== 'authorization_code') {
    return graphError(400, 'Invalid grant_type. The sandbox knows authorization_code only.', 100);
  }
  if (!params.has('redirect_uri')) return graphError(400, 'Missing redirect_uri parameter.', 191);
  if (!params.get('code')) return graphError(400, 'Missing authorization code', 1);
  return undefined;
}

const refusals: Record<Exclude<Spent<unknown>['state'], 'ok'>, [string, number]> = {
  unknown: ['Invalid verification code format.', 36007],
  expired: ['This authorization code has expired.', 36007],
  used: ['This authorization code has been used.', 36009],
};

function redeem(params: URLSearchParams, codes: Ledger<Grant>): Grant | Answer {
  const spent = codes.spend(params.get('code') ?? '');
  if (spent.state !== 'ok') {
    const [message, subcode] = refusals[spent.state];
    return graphError(400, message, 100, { error_subcode: subcode });
  }
  const grant = spent.value;
  if (params.get('redirect_uri') !== grant.redirectUri) {
    const message =
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request';
    return graphError(400, message, 100, { error_subcode: 36008 });
  }
  if (checkVerifier(grant.challenge, params.get('code_verifier')) !== 'ok') {
    return graphError(400, 'Invalid code_verifier parameter.', 100);
  }
  return grant;
}

/** The token endpoint: Graph takes its parameters from the query, the form, or both. */
export function token({ sandbox, codes, tokens }: FacebookContext): RequestHandler {
  return (req, res) => {
    if (answerWithFault(res, sandbox.takeFault('token'), tokenFaults)) return;
    const params = paramsOf(req);
    const refused = checkClient(params, sandbox.client);
    if (refused) return send(res, refused);
    const grant = redeem(params, codes);
    if ('status' in grant) return send(res, grant);
    if (answerWithFault(res, plannedAt(grant.plan, 'token'), tokenFaults)) return;
    const access_token = tokens.issue(grant);
    send(res, json(200, { access_token, token_type: 'bearer', expires_in: accessTokenSeconds }));
  };
}
