import type { RequestHandler } from 'express';
import { type Answer, answerWithFault, json, type OwnAnswers, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { paramsOf, repeatedIn } from '../core/http.js';
import type { Ledger, Spent } from '../core/ledger.js';
import { type Grant, randomAlphanumeric, sameText, verifierProblem } from '../core/oauth.js';
import type { ProviderContext, SandboxClient } from '../core/provider.js';

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

type GraphErrorType = 'OAuthException' | 'GraphMethodException';

/**
 * An error as Graph words it: https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @param code Graph's own code, by which clients distinguish errors: several share one HTTP status
 * @param more `type` is OAuthException unless given
 */
export function graphError(
  status: number,
  message: string,
  code: number,
  more: { type?: GraphErrorType; error_subcode?: number; is_transient?: boolean } = {},
): Answer {
  const { type = 'OAuthException', ...rest } = more;
  const trace = `A${randomAlphanumeric(22)}`;
  return json(status, { error: { message, type, code, ...rest, fbtrace_id: trace } });
}

/**
 * A call without the `appsecret_proof` that the app requires, or with one that its secret has not made for this token:
 * https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export const proofError = (message: string): Answer =>
  graphError(400, message, 100, { type: 'GraphMethodException' });

/** A token that Graph does not know, or no longer: code 190. */
export const invalidToken = (): Answer =>
  graphError(401, 'Invalid OAuth access token - Cannot parse access token', 190);

const shared = {
  refused: graphError(403, '(#10) Application does not have permission for this action', 10),
  rate_limited: graphError(403, '(#4) Application request limit reached', 4, {
    is_transient: true,
  }),
};

/** The fault answers of the token endpoint. Its `error` is a code that is refused: 100 with subcode 36007. */
export const tokenFaults: OwnAnswers = {
  ...shared,
  error: graphError(400, 'Error validating verification code.', 100, { error_subcode: 36007 }),
};

/** The fault answers of `/me`. Its `error` is a passing one (code 2), after which Graph asks to try again. */
export const profileFaults: OwnAnswers = {
  ...shared,
  error: graphError(500, 'An unexpected error has occurred. Please retry your request later.', 2, {
    is_transient: true,
  }),
};

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
  if (verifierProblem(grant.challenge, params.get('code_verifier')) !== undefined) {
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
