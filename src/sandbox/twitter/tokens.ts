import type { Request, RequestHandler, Response } from 'express';
import { type Answer, answerWithFault, type OwnAnswers, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { formOf, paramsOf, repeatedIn } from '../core/http.js';
import type { Ledger } from '../core/ledger.js';
import type { Account, PlannedFault, ProviderContext } from '../core/provider.js';
import { randomAlphanumeric, sameText } from '../core/oauth.js';
import { badToken, twitterError, type UseNonce, verifySigned } from './signed-request.js';

/** Temporary credentials (RFC 5849 §2.1), and the person's approval. */
export interface RequestToken {
  secret: string;
  approved?: { verifier: string; account: Account; plan: PlannedFault | undefined };
}

/** Token credentials (RFC 5849 §2.3). */
export interface UserToken {
  secret: string;
  account: Account;
  plan: PlannedFault | undefined;
}

/** What X's endpoints share. */
export interface TwitterContext {
  sandbox: ProviderContext;
  useNonce: UseNonce;
  requestTokens: Ledger<RequestToken>;
  userTokens: Ledger<UserToken>;
}

const xmlError = (status: number, code: number, message: string): Answer => ({
  status,
  type: 'application/xml;charset=utf-8',
  body: `<?xml version='1.0' encoding='UTF-8'?><errors><error code="${code}">${message}</error></errors>`,
});

const notApproved = xmlError(
  403,
  415,
  'Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings',
);

const shared = {
  refused: twitterError(
    403,
    453,
    'You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints (e.g. media post, oauth) only. If you need access to this endpoint, you may need a different access level. You can learn more here: https://developer.x.com/en/portal/product',
  ),
  rate_limited: {
    ...twitterError(429, 88, 'Rate limit exceeded'),
    headers: { 'x-rate-limit-limit': '75', 'x-rate-limit-remaining': '0' },
  },
};

const requestTokenFaults: OwnAnswers = { ...shared, error: notApproved };
const accessTokenFaults: OwnAnswers = { ...shared, error: badToken };
/** The fault answers of verify_credentials. */
export const profileFaults: OwnAnswers = {
  ...shared,
  error: twitterError(500, 131, 'Internal error'),
};

/** What X answers where a profile is asked for and the person is not to be let in, by the fault that plays it. */
export const personFaults: Readonly<Record<string, Answer>> = {
  suspended: twitterError(
    403,
    64,
    'Your account is suspended and is not permitted to access this feature.',
  ),
  locked: twitterError(
    403,
    326,
    'To protect our users from spam and other malicious activity, this account is temporarily locked. Please log in to https://x.com to unlock your account.',
  ),
  token_not_believed: twitterError(403, 99, 'Unable to verify your credentials.'),
};

/** X answers its token requests as a form, and calls that HTML. */
function sendForm(res: Response, fields: Record<string, string>): void {
  const body = new URLSearchParams(fields).toString();
  send(res, { status: 200, type: 'text/html;charset=utf-8', body });
}

const badVerifier: Answer = {
  status: 401,
  type: 'text/html;charset=utf-8',
  body: 'Error processing your OAuth request: Invalid oauth_verifier parameter',
};

/** A protocol parameter may come in the header, the form or the query, but once (RFC 5849 §3.5). */
function parameter(
  req: Request,
  oauth: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  const values = [...paramsOf(req).getAll(name), ...(oauth.has(name) ? [oauth.get(name)] : [])];
  return values.length === 1 ? values[0] : undefined;
}

/** Gives out temporary credentials (RFC 5849 §2.1), for the registered callback only. */
export function requestToken(context: TwitterContext): RequestHandler {
  const { sandbox, useNonce, requestTokens } = context;
  return (req, res) => {
    const fault = sandbox.takeFault('request_token');
    if (answerWithFault(res, fault, requestTokenFaults)) return;
    const signed = verifySigned(req, sandbox, useNonce);
    if ('refusal' in signed) return send(res, signed.refusal);
    if (parameter(req, signed.oauth, 'oauth_callback') !== sandbox.client.redirectUri) {
      return send(res, notApproved);
    }
    const secret = randomAlphanumeric(32);
    sendForm(res, {
      oauth_token: requestTokens.issue({ secret }),
      oauth_token_secret: secret,
      oauth_callback_confirmed: fault === 'callback_unconfirmed' ? 'false' : 'true',
    });
  };
}

/** Exchanges a verifier for a token (RFC 5849 §2.3). A request token that gets this far is spent, whatever comes of it. */
export function accessToken(context: TwitterContext): RequestHandler {
  const { sandbox, useNonce, requestTokens, userTokens } = context;
  return (req, res) => {
    const armed = sandbox.takeFault('token') ?? sandbox.takeFault('access_token');
    if (answerWithFault(res, armed, accessTokenFaults)) return;
    const signed = verifySigned(req, sandbox, useNonce, (key) => requestTokens.peek(key)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const spent = requestTokens.spend(signed.oauth.get('oauth_token') ?? '');
    const approved = spent.state === 'ok' ? spent.value.approved : undefined;
    if (!approved || repeatedIn(formOf(req)) !== undefined) return send(res, badVerifier);
    const verifier = parameter(req, signed.oauth, 'oauth_verifier');
    if (verifier === undefined || !sameText(verifier, approved.verifier)) {
      return send(res, badVerifier);
    }
    const { account, plan } = approved;
    if (answerWithFault(res, plannedAt(plan, 'token'), accessTokenFaults)) return;
    const secret = randomAlphanumeric(45);
    sendForm(res, {
      oauth_token: userTokens.issue({ secret, account, plan }),
      oauth_token_secret: secret,
      user_id: account.subject,
      screen_name: account.username,
    });
  };
}
