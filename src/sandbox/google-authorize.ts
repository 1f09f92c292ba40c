import type { Request, RequestHandler, Response } from 'express';
import { googleScopes, type GoogleGrant } from './google-grant.js';
import { queryOf, repeatedIn, withParams } from './http.js';
import type { Ledger } from './ledger.js';
import { readChallenge } from './oauth2.js';
import { sendErrorPage } from './pages.js';
import type { Parts } from './parts.js';
import type { SandboxClient } from './types.js';

interface GoogleContext {
  issuer: string;
  client: SandboxClient;
  codes: Ledger<GoogleGrant>;
}

type Problem = { code: string; details: string };
type Asked = { scopes: string[]; challenge: string | undefined; prompts: string[] };

const prompts = new Set(['none', 'consent', 'select_account']);

const invalid = (details: string): Problem => ({ code: 'Error 400: invalid_request', details });

function checkClient(query: URLSearchParams, client: SandboxClient): Problem | undefined {
  const again = repeatedIn(query);
  if (again !== undefined) {
    const details = `OAuth 2 parameters can only have a single value: ${again}`;
    return { code: 'Error 400: invalid_request', details };
  }
  if (query.get('client_id') !== client.clientId) {
    return { code: 'Error 401: invalid_client', details: 'The OAuth client was not found.' };
  }
  if (query.get('redirect_uri') !== client.redirectUri) {
    const details = `The redirect URI in the request, ${query.get('redirect_uri') ?? '(none)'}, does not match the one registered for this client, ${client.redirectUri}.`;
    return { code: 'Error 400: redirect_uri_mismatch', details };
  }
  return undefined;
}

/** Google shows these as a page as well: it redirects only with what the person did. */
function readRequest(query: URLSearchParams): Asked | Problem {
  const responseType = query.get('response_type');
  if (responseType === null) return invalid('Required parameter is missing: response_type');
  if (responseType !== 'code') {
    return {
      code: 'Error 400: unsupported_response_type',
      details: `Invalid response_type: ${responseType}. The sandbox knows code only.`,
    };
  }
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) return invalid('Missing required parameter: scope');
  const strangers = scopes.filter((scope) => !Object.hasOwn(googleScopes, scope));
  if (strangers.length > 0 || !scopes.includes('openid')) {
    const details =
      strangers.length > 0
        ? `Some requested scopes were invalid: ${strangers.join(', ')}`
        : 'The scope does not contain openid.';
    return { code: 'Error 400: invalid_scope', details };
  }
  const asked = (query.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '');
  const odd = asked.find((prompt) => !prompts.has(prompt));
  if (odd !== undefined) return invalid(`Invalid parameter value for prompt: ${odd}`);
  if (asked.includes('none') && asked.length > 1) {
    return invalid('Invalid parameter value for prompt: none cannot be combined');
  }
  const access = query.get('access_type') ?? 'online';
  if (access !== 'online' && access !== 'offline') {
    return invalid(`Invalid parameter value for access_type: ${access}`);
  }
  const pkce = readChallenge(query);
  if ('problem' in pkce) return invalid(pkce.problem);
  return { scopes, prompts: asked, challenge: pkce.challenge };
}

function wants(scopes: readonly string[]): string[] {
  const granted = scopes.map((scope) => googleScopes[scope] ?? '');
  return [
    'Your Google account id',
    ...(granted.some((scope) => scope.endsWith('.profile')) ? ['Your name and picture'] : []),
    ...(granted.some((scope) => scope.endsWith('.email')) ? ['Your email address'] : []),
  ];
}

/** The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2). */
export function googleAuthorize(context: GoogleContext, parts: Parts): RequestHandler {
  const { issuer, client, codes } = context;
  return (req: Request, res: Response) => {
    const query = queryOf(req);
    const refused = checkClient(query, client);
    const asked = refused ?? readRequest(query);
    if ('code' in asked) {
      return sendErrorPage(res, 400, 'google', { title: 'Access blocked', ...asked });
    }
    const state = query.get('state');
    // RFC 9207: the issuer tells the client whose answer it holds.
    const back = (params: Record<string, string>): string =>
      withParams(client.redirectUri, { state, iss: issuer, ...params });

    if (asked.prompts.includes('none')) {
      // Nobody is ever signed in to the sandbox.
      return res.redirect(302, back({ error: 'login_required' }));
    }
    parts.consent.ask(req, res, {
      provider: 'google',
      clientId: client.clientId,
      redirectUri: client.redirectUri,
      wants: wants(asked.scopes),
      hint: query.get('login_hint'),
      deny: () => back({ error: 'access_denied' }),
      allow(person, plan) {
        if (plan?.step === 'login') return back({ error: 'server_error' });
        const scopes = [...new Set(asked.scopes.map((scope) => googleScopes[scope] ?? scope))];
        const code = codes.issue({
          person,
          scopes,
          plan,
          redirectUri: client.redirectUri,
          nonce: query.get('nonce') ?? undefined,
          tellsAuthTime: query.has('max_age'),
          challenge: asked.challenge,
        });
        return back({
          code,
          scope: [...new Set([...asked.scopes, ...scopes])].join(' '),
          authuser: '0',
          ...(person.hostedDomain !== null && { hd: person.hostedDomain }),
          prompt: 'consent',
        });
      },
    });
  };
}
