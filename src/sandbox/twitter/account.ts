import type { RequestHandler } from 'express';
import { answerWithFault, json, send } from '../core/answers.js';
import { plannedAt } from '../core/faults.js';
import { queryOf } from '../core/http.js';
import type { Account } from '../core/provider.js';
import { badToken, verifySigned } from './signed-request.js';
import { personFaults, profileFaults, type TwitterContext } from './tokens.js';

interface ProfileOptions {
  includeEmail: boolean;
  skipStatus: boolean;
  subjectAsObject: boolean;
}

/**
 * X's user object as JSON text. Text, because its numeric id is larger than a JavaScript number can hold, and
 * clients that read it as one must get the wrong id here too.
 */
function profileOf(account: Account, options: ProfileOptions): string {
  const { subject } = account;
  const id = options.subjectAsObject ? JSON.stringify({ id: subject }) : subject;
  const rest = {
    id_str: options.subjectAsObject ? { id: subject } : subject,
    name: account.name,
    screen_name: account.username,
    location: '',
    description: '',
    url: null,
    protected: false,
    followers_count: 10,
    friends_count: 5,
    listed_count: 0,
    created_at: 'Sat May 09 17:58:22 +0000 2009',
    favourites_count: 3,
    verified: false,
    statuses_count: 1,
    default_profile: true,
    default_profile_image: false,
    profile_image_url: account.picture.replace(/^https:/, 'http:'),
    profile_image_url_https: account.picture,
    ...(!options.skipStatus && {
      status: {
        created_at: 'Sat May 09 18:00:00 +0000 2009',
        id_str: '1745000000000000001',
        text: 'just setting up my sandbox',
      },
    }),
    // X gives an address out only when it has verified it.
    ...(options.includeEmail && { email: account.emailVerified ? account.email : null }),
  };
  return `{"id":${id},${JSON.stringify(rest).slice(1)}`;
}

const isOn = (value: string | null): boolean => ['true', 't', '1'].includes(value ?? '');

/** `GET account/verify_credentials`: the profile of the token's owner. */
export function verifyCredentials(context: TwitterContext): RequestHandler {
  const { sandbox, useNonce, userTokens } = context;
  return (req, res) => {
    const armed = sandbox.takeFault('profile');
    if (answerWithFault(res, armed, profileFaults)) return;
    const signed = verifySigned(req, sandbox, useNonce, (key) => userTokens.peek(key)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const user = userTokens.peek(signed.oauth.get('oauth_token') ?? '');
    if (!user) return send(res, badToken);
    const fault = armed ?? plannedAt(user.plan, 'profile');
    if (answerWithFault(res, fault, profileFaults)) return;
    const notLetIn = personFaults[fault ?? ''];
    if (notLetIn) return send(res, notLetIn);
    const query = queryOf(req);
    const body = profileOf(user.account, {
      includeEmail: isOn(query.get('include_email')),
      skipStatus: isOn(query.get('skip_status')),
      subjectAsObject: fault === 'subject_object',
    });
    send(res, { ...json(200, null), body });
  };
}

/** `POST oauth/invalidate_token`: the token that signed the request is good no longer. */
export function invalidateToken({ sandbox, useNonce, userTokens }: TwitterContext): RequestHandler {
  return (req, res) => {
    const signed = verifySigned(req, sandbox, useNonce, (key) => userTokens.peek(key)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const token = signed.oauth.get('oauth_token') ?? '';
    userTokens.spend(token);
    send(res, json(200, { access_token: token }));
  };
}
