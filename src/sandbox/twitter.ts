import { Router, type RequestHandler } from 'express';
import { plannedAt } from './consent-faults.js';
import { answerWithFault, elsewhere, json, send } from './fault-answers.js';
import { queryOf, withParams } from './http.js';
import { sendErrorPage } from './pages.js';
import { exactRoutes, type Parts } from './parts.js';
import { randomAlphanumeric } from './random.js';
import { twitterProfile } from './twitter-profile.js';
import { badToken, createNonces, verifySigned } from './twitter-signed.js';
import {
  accessToken,
  profileFaults,
  requestToken,
  type RequestToken,
  type TwitterContext,
} from './twitter-tokens.js';
import type { SandboxClient } from './types.js';

/** RFC 5849 §2.2. Nobody is ever signed in here, so that authenticate asks as authorize does. */
function authorize(context: TwitterContext, parts: Parts): RequestHandler {
  const { client, requestTokens } = context;
  return (req, res) => {
    const query = queryOf(req);
    const token = query.get('oauth_token') ?? '';
    const pending = requestTokens.peek(token);
    if (query.getAll('oauth_token').length !== 1 || !pending || pending.approved) {
      return sendErrorPage(res, 403, 'twitter', {
        title: 'Whoa there!',
        details:
          'The request token for this page is invalid. It may have already been used, or expired because it is too old.',
      });
    }
    parts.consent.ask(req, res, {
      provider: 'twitter',
      clientId: client.clientId,
      redirectUri: client.redirectUri,
      wants: ['Your X profile', 'Your email address'],
      hint: query.get('screen_name'),
      deny() {
        // The token may have been used from another page in the meantime.
        const denied = requestTokens.peek(token)?.approved ? undefined : requestTokens.spend(token);
        return denied?.state === 'ok'
          ? withParams(client.redirectUri, { denied: token })
          : undefined;
      },
      allow(person, plan) {
        const current = requestTokens.peek(token);
        if (!current || current.approved) return undefined;
        const verifier = randomAlphanumeric(32);
        current.approved = { verifier, person, plan };
        return withParams(client.redirectUri, { oauth_token: token, oauth_verifier: verifier });
      },
    });
  };
}

const isOn = (value: string | null): boolean => ['true', 't', '1'].includes(value ?? '');

function verifyCredentials(context: TwitterContext): RequestHandler {
  const { client, faults, nonces, userTokens } = context;
  return (req, res) => {
    const armed = faults.take('twitter', 'profile');
    if (answerWithFault(res, armed, profileFaults)) return;
    const signed = verifySigned(req, client, nonces, (token) => userTokens.get(token)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const user = userTokens.get(signed.oauth.get('oauth_token') ?? '');
    if (!user) return send(res, badToken);
    const fault = armed ?? plannedAt(user.plan, 'profile');
    if (answerWithFault(res, fault, profileFaults)) return;
    const query = queryOf(req);
    const body = twitterProfile(user.person, {
      includeEmail: isOn(query.get('include_email')),
      skipStatus: isOn(query.get('skip_status')),
      subjectAsObject: fault === 'subject_object',
    });
    send(res, { ...json(200, null), body });
  };
}

function invalidateToken(context: TwitterContext): RequestHandler {
  const { client, nonces, userTokens } = context;
  return (req, res) => {
    const signed = verifySigned(req, client, nonces, (token) => userTokens.get(token)?.secret);
    if ('refusal' in signed) return send(res, signed.refusal);
    const token = signed.oauth.get('oauth_token') ?? '';
    userTokens.delete(token);
    send(res, json(200, { access_token: token }));
  };
}

interface Twitter {
  router: Router;
  clear(): void;
}

/**
 * Plays X for one registered app: OAuth 1.0a (RFC 5849), and the profile from API 1.1.
 * @returns its routes; `clear` forgets nonces and tokens, which are in no ledger
 */
export function createTwitter(parts: Parts, client: SandboxClient): Twitter {
  const { book, faults, consent } = parts;
  const context: TwitterContext = {
    client,
    faults,
    nonces: createNonces(),
    requestTokens: book.open<RequestToken>({
      lifetimeMs: 10 * 60_000,
      newKey: () => randomAlphanumeric(27),
    }),
    userTokens: new Map(),
  };
  const router = Router(exactRoutes);
  router.post('/oauth/request_token', requestToken(context));
  router.get('/oauth/authenticate', authorize(context, parts));
  router.get('/oauth/authorize', authorize(context, parts));
  router.post('/consent', consent.decide('twitter'));
  router.post('/oauth/access_token', accessToken(context));
  router.get('/1.1/account/verify_credentials.json', verifyCredentials(context));
  router.post('/1.1/oauth/invalidate_token', invalidateToken(context));
  router.post('/1.1/oauth/invalidate_token.json', invalidateToken(context));
  router.get('/elsewhere', (_req, res) => elsewhere(res));
  return {
    router,
    clear() {
      context.nonces.clear();
      context.userTokens.clear();
    },
  };
}
