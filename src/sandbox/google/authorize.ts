import type { RequestHandler } from 'express';
import { queryOf, repeatedIn, withParams } from '../core/http.js';
import { readChallenge } from '../core/oauth.js';
import type { SandboxClient } from '../core/provider.js';
import { googleScopes, hostedDomainOf } from './id-token.js';
import type { GoogleContext } from './token.js';

type Problem = { code: string; details: string };
type Asked = { scopes: string[]; challenge: string | undefined; prompts: string[] };

const prompts = new Set(['none', 'consent', 'select_account']);

const problem = (code: string, details: string, status = 400): Problem => ({
  code: `Error ${status}: ${code}`,
  details,
});
const invalid = (details: string): Problem => problem('invalid_request', details);

function checkClient(query: URLSearchParams, client: SandboxClient): Problem | undefined {
  const again = repeatedIn(query);
  if (again !== undefined) {
    return invalid(`OAuth 2 parameters can only have a single value: ${again}`);
  }
  if (query.get('client_id') !== client.clientId) {
    return problem('invalid_client', 'The OAuth client was not found.', 401);
  }
  if (query.get('redirect_uri') !== client.redirectUri) {
    const details = `The redirect URI in the request, ${query.get('redirect_uri') ?? '(none)'}, does not match the one registered for this client, ${client.redirectUri}.`;
    return problem('redirect_uri_mismatch', details);
  }
  return undefined;
}

/** Google shows these as a page as well: it redirects only with what the person did. */
function readRequest(query: URLSearchParams): Asked | Problem {
  const responseType = query.get('response_type');
  if (responseType === null) return invalid('Required parameter is missing: response_type');
  if (responseType !== 'code') {
    const details = `Invalid response_type: ${responseType}. The sandbox knows code only.`;
    return problem('unsupported_response_type', details);
  }
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) return invalid('Missing required parameter: scope');
  const unknown = scopes.filter((scope) => !Object.hasOwn(googleScopes, scope));
  if (unknown.length > 0 || !scopes.includes('openid')) {
    const details =
      unknown.length > 0
        ? `Some requested scopes were invalid: ${unknown.join(', ')}`
        : 'The scope does not contain openid.';
    return problem('invalid_scope', details);
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
export function authorize({ sandbox, issuer, codes }: GoogleContext): RequestHandler {
  const { client } = sandbox;
  return (req, res) => {
    const query = queryOf(req);
    const asked = checkClient(query, client) ?? readRequest(query);
    if ('code' in asked) return sandbox.sendError(res, 400, { title: 'Access blocked', ...asked });
    const state = query.get('state');
    // RFC 9207: `iss` names the provider that answers.
    const back = (params: Record<string, string>): string =>
      withParams(client.redirectUri, { state, iss: issuer, ...params });

    if (asked.prompts.includes('none')) {
      // Nobody is ever signed in to the sandbox.
      return res.redirect(302, back({ error: sandbox.takeFault('login') ?? 'login_required' }));
    }
    sandbox.ask(req, res, {
      wants: wants(asked.scopes),
      hint: query.get('login_hint'),
      deny: () => back({ error: 'access_denied' }),
      allow(account, plan) {
        if (plan?.step === 'login') return back({ error: plan.fault });
        const scopes = [...new Set(asked.scopes.map((scope) => googleScopes[scope] ?? scope))];
        const code = codes.issue({
          account,
          scopes,
          plan,
          redirectUri: client.redirectUri,
          nonce: query.get('nonce') ?? undefined,
          includesAuthTime: query.has('max_age'),
          challenge: asked.challenge,
        });
        return back({
          code,
          scope: [...new Set([...asked.scopes, ...scopes])].join(' '),
          authuser: '0',
          ...hostedDomainOf({ account }),
          prompt: 'consent',
        });
      },
    });
  };
}
