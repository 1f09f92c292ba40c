import type { RequestHandler } from 'express';
import { queryOf, repeatedIn, withParams } from '../core/http.js';
import { readChallenge } from '../core/oauth.js';
import type { SandboxClient } from '../core/provider.js';
import type { FacebookContext } from './token.js';

const permissions = new Set(['public_profile', 'email', 'user_friends', 'user_link']);
const authTypes = new Set(['rerequest', 'reauthenticate', 'reauthorize']);

/** Facebook leaves this behind on every redirect of its dialog. */
const trail = '#_=_';

const refusal = {
  error: 'access_denied',
  error_code: '200',
  error_description: 'Permissions error',
  error_reason: 'user_denied',
};

const notActive = {
  error_code: '1349126',
  error_message: 'App not active: This app is not accessible right now.',
};

const unknownFault = {
  error: { error: 'server_error', error_description: 'An unknown error occurred' },
  names: true,
};

/** What the dialog comes back with when it fails, and whether that names the attempt by its `state`. */
const loginFaults: Record<string, { error: Record<string, string>; names: boolean }> = {
  server_error: unknownFault,
  error_message: { error: notActive, names: true },
  not_live: { error: notActive, names: false },
  denied_without_state: { error: refusal, names: false },
};

interface Asked {
  scopes: string[];
  challenge: string | undefined;
}

function listOf(text: string | null): string[] {
  return (text ?? '').split(/[\s,]+/).filter((item) => item !== '');
}

/** A string is the problem, in Facebook's words where they are known. */
function readRequest(query: URLSearchParams, client: SandboxClient): Asked | string {
  const again = repeatedIn(query);
  if (again !== undefined) return `The parameter ${again} was given more than once.`;
  if (query.get('client_id') !== client.clientId) {
    return 'Invalid App ID: The provided app ID does not look like a valid app ID.';
  }
  if (query.get('redirect_uri') !== client.redirectUri) {
    return `URL blocked: This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings. It has to be ${client.redirectUri}.`;
  }
  if ((query.get('response_type') ?? 'code') !== 'code') {
    return 'Invalid response_type. The sandbox knows code only.';
  }
  const scopes = listOf(query.get('scope'));
  const unknown = scopes.filter((scope) => !permissions.has(scope));
  if (unknown.length > 0) {
    return `Invalid Scopes: ${unknown.join(', ')}. This message is only shown to developers.`;
  }
  const odd = listOf(query.get('auth_type')).find((type) => !authTypes.has(type));
  if (odd !== undefined) return `Invalid auth_type: ${odd}`;
  const pkce = readChallenge(query);
  return 'problem' in pkce ? pkce.problem : { scopes, challenge: pkce.challenge };
}

/** The login dialog (RFC 6749 §4.1.1, with Facebook's own parameters). */
export function dialog({ sandbox, codes }: FacebookContext): RequestHandler {
  const { client } = sandbox;
  return (req, res) => {
    const query = queryOf(req);
    const asked = readRequest(query, client);
    if (typeof asked === 'string') {
      return sandbox.sendError(res, 400, { title: 'Facebook Login Error', details: asked });
    }
    const state = query.get('state');
    const back = (params: Record<string, string | null>): string =>
      withParams(client.redirectUri, params, trail);

    sandbox.ask(req, res, {
      wants: [
        'Your name and profile picture',
        ...(asked.scopes.includes('email') ? ['Your email address'] : []),
      ],
      hint: null,
      deny: () => back({ ...refusal, state }),
      allow(account, plan) {
        if (plan?.step === 'login') {
          const { error, names } = loginFaults[plan.fault] ?? unknownFault;
          return back(names ? { ...error, state } : error);
        }
        const code = codes.issue({
          account,
          plan,
          // What Facebook grants when nothing else is asked for.
          scopes: [...new Set(['public_profile', ...asked.scopes])],
          redirectUri: client.redirectUri,
          challenge: asked.challenge,
        });
        return back({ code, state });
      },
    });
  };
}
