import type { Request, RequestHandler, Response } from 'express';
import { plannedAt, type PlannedFault } from './consent-faults.js';
import { answerWithFault, send, type Answer, type OwnAnswers } from './fault-answers.js';
import type { ArmedFaults } from './faults.js';
import { formOf, queryOf, repeatedIn } from './http.js';
import type { Ledger } from './ledger.js';
import { sameText } from './oauth2.js';
import { subjectOf, type Person } from './people.js';
import { randomAlphanumeric } from './random.js';
import { badToken, twitterError, verifySigned, type Nonces } from './twitter-signed.js';
import type { SandboxClient } from './types.js';

/** Temporary credentials (RFC 5849 §2.1), and what the person said to them. */
export interface RequestToken {
  secret: string;
  approved?: { verifier: string; person: Person; plan: PlannedFault | undefined };
}

interface UserToken {
  secret: string;
  person: Person;
  plan: PlannedFault | undefined;
}

/** What X's endpoints share. */
export interface TwitterContext {
  client: SandboxClient;
  faults: ArmedFaults;
  nonces: Nonces;
  requestTokens: Ledger<RequestToken>;
  /** Kept by subject and a random part, as in X's own tokens. */
  userTokens: Map<string, UserToken>;
}

const maxUserTokens = 10_000;

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
/** How verify_credentials fails when it is told to. */
export const profileFaults: OwnAnswers = {
  ...shared,
  error: twitterError(500, 131, 'Internal error'),
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

/** Gives out temporary credentials (RFC 5849 §2.1), for the registered callback only. */
export function requestToken(context: TwitterContext): RequestHandler {
  const { client, faults, nonces, requestTokens } = context;
  return (req, res) => {
    const fault = faults.take('twitter', 'request_token');
    if (answerWithFault(res, fault, requestTokenFaults)) return;
    const signed = verifySigned(req, client, nonces);
    if ('refusal' in signed) return send(res, signed.refusal);
    if (parameter(req, signed.oauth, 'oauth_callback') !== client.redirectUri) {
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

/** A protocol parameter may come in the header, the form or the query, but once (RFC 5849 §3.5). */
function parameter(
  req: Request,
  oauth: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  const elsewhere = [...queryOf(req).getAll(name), ...formOf(req).getAll(name)];
  const values = [...elsewhere, ...(oauth.has(name) ? [oauth.get(name)] : [])];
  return values.length === 1 ? values[0] : undefined;
}

/** Exchanges a verifier for a token (RFC 5849 §2.3). A request token that gets this far is spent, whatever comes of it. */
export function accessToken(context: TwitterContext): RequestHandler {
  const { client, faults, nonces, requestTokens, userTokens } = context;
  return (req, res) => {
    const armed = faults.take('twitter', 'token');
    if (answerWithFault(res, armed, accessTokenFaults)) return;
    const signed = verifySigned(req, client, nonces, (token) => requestTokens.peek(token)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const spent = requestTokens.spend(signed.oauth.get('oauth_token') ?? '');
    const approved = spent.state === 'ok' ? spent.value.approved : undefined;
    if (!approved || repeatedIn(formOf(req)) !== undefined) return send(res, badVerifier);
    const verifier = parameter(req, signed.oauth, 'oauth_verifier');
    if (verifier === undefined || !sameText(verifier, approved.verifier)) {
      return send(res, badVerifier);
    }
    const { person, plan } = approved;
    if (answerWithFault(res, plannedAt(plan, 'token'), accessTokenFaults)) return;

    const subject = subjectOf('twitter', person);
    const token = `${subject}-${randomAlphanumeric(40)}`;
    const secret = randomAlphanumeric(45);
    for (const oldest of userTokens.keys()) {
      if (userTokens.size < maxUserTokens) break;
      userTokens.delete(oldest);
    }
    userTokens.set(token, { secret, person, plan });
    sendForm(res, {
      oauth_token: token,
      oauth_token_secret: secret,
      user_id: subject,
      screen_name: person.username,
    });
  };
}
