import type { RequestHandler } from 'express';
import { plannedAt } from './consent-faults.js';
import { graphError, tokenFaults } from './facebook-errors.js';
import { accessTokenSeconds, type FacebookContext, type FacebookGrant } from './facebook-grant.js';
import { answerWithFault, json, send, type Answer } from './fault-answers.js';
import { formOf, queryOf, repeatedIn } from './http.js';
import type { Ledger, Spent } from './ledger.js';
import { checkVerifier, sameText } from './oauth2.js';
import type { SandboxClient } from './types.js';

function checkClient(params: URLSearchParams, client: SandboxClient): Answer | undefined {
  const again = repeatedIn(params);
  if (again !== undefined) return graphError(400, `(#100) Parameter ${again} was repeated`, 100);
  if (!params.get('client_id')) return graphError(400, 'Missing client_id parameter.', 101);
  if (params.get('client_id') !== client.clientId) {
    const says = 'Error validating application. Cannot get application info due to a system error.';
    return graphError(400, says, 101);
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

function redeem(params: URLSearchParams, codes: Ledger<FacebookGrant>): FacebookGrant | Answer {
  const spent = codes.spend(params.get('code') ?? '');
  if (spent.state !== 'ok') {
    const [message, subcode] = refusals[spent.state];
    return graphError(400, message, 100, { error_subcode: subcode });
  }
  const grant = spent.value;
  if (params.get('redirect_uri') !== grant.redirectUri) {
    const says =
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request';
    return graphError(400, says, 100, { error_subcode: 36008 });
  }
  if (checkVerifier(grant.challenge, params.get('code_verifier')) !== 'ok') {
    return graphError(400, 'Invalid code_verifier parameter.', 100);
  }
  return grant;
}

/** The token endpoint: Graph takes its parameters from the query, the form, or both. */
export function facebookToken(context: FacebookContext): RequestHandler {
  const { client, faults, codes, tokens } = context;
  return (req, res) => {
    const armed = faults.take('facebook', 'token');
    if (answerWithFault(res, armed, tokenFaults)) return;
    const params = new URLSearchParams([...queryOf(req), ...formOf(req)]);
    const refused = checkClient(params, client);
    if (refused) return send(res, refused);
    const grant = redeem(params, codes);
    if ('status' in grant) return send(res, grant);
    if (answerWithFault(res, plannedAt(grant.plan, 'token'), tokenFaults)) return;
    const accessToken = tokens.issue(grant);
    send(
      res,
      json(200, {
        access_token: accessToken,
        token_type: 'bearer',
        expires_in: accessTokenSeconds,
      }),
    );
  };
}
