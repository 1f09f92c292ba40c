import { createHmac } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { type Answer, answerWithFault, json, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { bearerOf, paramsOf, queryOf } from '../core/http.js';
import { type Grant, sameText } from '../core/oauth.js';
import { namePartsOf } from '../core/people.js';
import { facebookProfile, parseGraphFields } from './profile.js';
import {
  accessTokenSeconds,
  type FacebookContext,
  graphError,
  invalidToken,
  profileFaults,
  proofError,
} from './token.js';

type Caller = { token: string; grant: Grant } | { refusal: Answer };

/** Who calls, and whether it is the app's own server: a token alone can be stolen, the proof needs the secret. */
function callerOf(req: Request, { sandbox, tokens }: FacebookContext): Caller {
  const params = paramsOf(req);
  const token = bearerOf(req) ?? params.get('access_token');
  if (!token) {
    const message =
      'An active access token must be used to query information about the current user.';
    return { refusal: graphError(400, message, 2500) };
  }
  const grant = tokens.peek(token);
  if (!grant) return { refusal: invalidToken() };
  const proof = params.get('appsecret_proof');
  if (proof === null) {
    const message = 'API calls from the server require an appsecret_proof argument';
    return { refusal: proofError(message) };
  }
  const expected = createHmac('sha256', sandbox.client.clientSecret).update(token).digest('hex');
  if (params.getAll('appsecret_proof').length > 1 || !sameText(proof, expected)) {
    return { refusal: proofError('Invalid appsecret_proof provided in the API argument') };
  }
  return { token, grant };
}

/** `GET /me`: the fields that were asked for, to the app's own server only. Without `fields` it is id and name. */
export function me(context: FacebookContext): RequestHandler {
  return (req, res) => {
    const armed = context.sandbox.takeFault('profile');
    if (answerWithFault(res, armed, profileFaults)) return;
    const caller = callerOf(req, context);
    if ('refusal' in caller) return send(res, caller.refusal);
    const fault = armed ?? plannedAt(caller.grant.plan, 'profile');
    if (answerWithFault(res, fault, profileFaults)) return;
    const fields = parseGraphFields(queryOf(req).get('fields') || 'id,name');
    if (!fields) return send(res, graphError(400, '(#2500) Syntax error in fields.', 2500));
    const profile = facebookProfile(caller.grant, fields);
    if (typeof profile === 'string') {
      const message = `(#100) Tried accessing nonexisting field (${profile}) on node type (User)`;
      return send(res, graphError(400, message, 100));
    }
    const wrongId = fault === 'subject_object' && { id: { value: profile['id'] } };
    const { given, family } = namePartsOf(caller.grant.account);
    const parts = { name: undefined, first_name: given, last_name: family };
    const split = fault === 'name_in_parts' && parts;
    send(res, json(200, { ...profile, ...split, ...wrongId }));
  };
}

/** Takes all permissions back, and with them the token. */
export function revokePermissions(context: FacebookContext): RequestHandler {
  return (req, res) => {
    const caller = callerOf(req, context);
    if ('refusal' in caller) return send(res, caller.refusal);
    context.tokens.spend(caller.token);
    send(res, json(200, { success: true }));
  };
}

/** Tells an app, by its own token `id|secret`, whom a user token belongs to. */
export function debugToken(context: FacebookContext): RequestHandler {
  const { sandbox, tokens } = context;
  const { client } = sandbox;
  return (req, res) => {
    const query = queryOf(req);
    const appToken = /^Bearer +(.+)$/i.exec(req.get('authorization') ?? '')?.[1];
    const token = appToken ?? query.get('access_token') ?? '';
    if (!sameText(token, `${client.clientId}|${client.clientSecret}`)) {
      return send(res, invalidToken());
    }
    if (!query.get('input_token')) {
      return send(res, graphError(400, '(#100) The parameter input_token is required', 100));
    }
    const grant = tokens.peek(query.get('input_token') ?? '');
    if (!grant) {
      const error = { code: 190, message: 'Invalid OAuth access token.' };
      return send(res, json(200, { data: { error, is_valid: false, scopes: [] } }));
    }
    send(
      res,
      json(200, {
        data: {
          app_id: client.clientId,
          type: 'USER',
          application: 'Sandbox app',
          expires_at: Math.floor(Date.now() / 1000) + accessTokenSeconds,
          is_valid: true,
          scopes: grant.scopes,
          user_id: grant.account.subject,
        },
      }),
    );
  };
}
