import { type RequestHandler, Router } from 'express';
import { consentFault, profileFaults, subjectFault, tokenFaults } from '../core/faults.js';
import { queryOf, withParams } from '../core/http.js';
import { personFields } from '../core/people.js';
import { exactRoutes, type ProviderContext, type ProviderDescription } from '../core/provider.js';
import { randomAlphanumeric } from '../core/oauth.js';
import { invalidateToken, verifyCredentials } from './account.js';
import { rememberNonces } from './signed-request.js';
import {
  accessToken,
  requestToken,
  type RequestToken,
  type TwitterContext,
  type UserToken,
} from './tokens.js';

const personFaults = {
  suspended: 'The account is suspended (403, code 64)',
  locked: 'The account is locked (403, code 326)',
  token_not_believed: 'The token is not believed (403, code 99)',
} as const;

const path = '/x';

/** X: OAuth 1.0a (RFC 5849), and the profile from API 1.1. */
export const twitter = {
  id: 'twitter',
  name: 'X',
  protocol: 'OAuth 1.0a',
  addresses: { TWITTER_API_URL: { label: 'API', path } },
  consentPath: `${path}/consent`,
  people: {
    // Beyond what a JavaScript number holds, as those of newer accounts are.
    subject: {
      first: 10n ** 18n,
      span: 10n ** 18n,
      pattern: /^[1-9]\d{0,19}$/,
      shape: 'up to 20 digits',
    },
    picture: (url) => `${url}_normal.svg`,
    mailDomain: 'x.example',
    fields: [
      personFields.name,
      personFields.email,
      { ...personFields.emailVerified, hint: 'X gives only verified ones' },
      { ...personFields.username, hint: 'without @' },
      personFields.subject,
    ],
  },
  steps: {
    consent: consentFault,
    request_token: { callback_unconfirmed: 'The callback is not confirmed (RFC 5849 §2.1)' },
    token: {},
    // X's own name for `token`.
    access_token: {},
    profile: { ...personFaults, ...subjectFault },
  },
  consentFaults: [
    { label: 'When the verifier is exchanged for a token', step: 'token', faults: tokenFaults },
    {
      label: 'When the profile is asked for',
      step: 'profile',
      faults: {
        ...profileFaults,
        refused: 'Not in the app’s plan (403, code 453)',
        rate_limited: 'Too many requests (429)',
        ...personFaults,
        ...subjectFault,
      },
    },
  ],
  start,
} as const satisfies ProviderDescription;

/** RFC 5849 §2.2. Nobody is ever signed in here, so that authenticate asks as authorize does. */
function authorize({ sandbox, requestTokens }: TwitterContext): RequestHandler {
  const { redirectUri } = sandbox.client;
  return (req, res) => {
    const query = queryOf(req);
    const token = query.get('oauth_token') ?? '';
    const pending = requestTokens.peek(token);
    if (query.getAll('oauth_token').length !== 1 || !pending || pending.approved) {
      return sandbox.sendError(res, 403, {
        title: 'Whoa there!',
        details:
          'The request token for this page is invalid. It may have already been used, or expired because it is too old.',
      });
    }
    sandbox.ask(req, res, {
      wants: ['Your X profile', 'Your email address'],
      hint: query.get('screen_name'),
      deny() {
        // The token may have been used from another page in the meantime.
        const denied = requestTokens.peek(token)?.approved ? undefined : requestTokens.spend(token);
        return denied?.state === 'ok' ? withParams(redirectUri, { denied: token }) : undefined;
      },
      allow(account, plan) {
        const current = requestTokens.peek(token);
        if (!current || current.approved) return undefined;
        const verifier = randomAlphanumeric(32);
        current.approved = { verifier, account, plan };
        return withParams(redirectUri, { oauth_token: token, oauth_verifier: verifier });
      },
    });
  };
}

function start(sandbox: ProviderContext) {
  const context: TwitterContext = {
    sandbox,
    useNonce: rememberNonces(sandbox),
    requestTokens: sandbox.openLedger<RequestToken>({
      lifetimeMs: 10 * 60_000,
      newKey: () => randomAlphanumeric(27),
    }),
    // X's user tokens do not expire. They begin with the account's id.
    userTokens: sandbox.openLedger<UserToken>({
      lifetimeMs: Infinity,
      newKey: ({ account }) => `${account.subject}-${randomAlphanumeric(40)}`,
    }),
  };
  const router = Router(exactRoutes);
  router.post('/oauth/request_token', requestToken(context));
  router.get('/oauth/authenticate', authorize(context));
  router.get('/oauth/authorize', authorize(context));
  router.post('/oauth/access_token', accessToken(context));
  router.get('/1.1/account/verify_credentials.json', verifyCredentials(context));
  router.post('/1.1/oauth/invalidate_token', invalidateToken(context));
  router.post('/1.1/oauth/invalidate_token.json', invalidateToken(context));
  return { routers: { [path]: router } };
}
