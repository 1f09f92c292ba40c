import { Router } from 'express';
import { send } from '../core/answers.js';
import {
  consentFault,
  namePartsFault,
  profileFaults,
  subjectFault,
  tokenFaults,
} from '../core/faults.js';
import { type Grant, randomAlphanumeric, randomBase64url } from '../core/oauth.js';
import { personFields } from '../core/people.js';
import { exactRoutes, type ProviderContext, type ProviderDescription } from '../core/provider.js';
import { dialog } from './dialog.js';
import { debugToken, me, revokePermissions } from './graph.js';
import { accessTokenSeconds, type FacebookContext, graphError, token } from './token.js';

// www.facebook.com and graph.facebook.com
const paths = { dialog: '/facebook', graph: '/graph' } as const;

/** Facebook: OAuth 2.0, by the dialog and the part of Graph that a sign-in uses. */
export const facebook = {
  id: 'facebook',
  name: 'Facebook',
  protocol: 'OAuth 2.0',
  addresses: {
    FACEBOOK_DIALOG_URL: { label: 'Dialog', path: paths.dialog },
    FACEBOOK_GRAPH_URL: { label: 'Graph', path: paths.graph },
  },
  consentPath: `${paths.dialog}/consent`,
  people: {
    subject: {
      first: 10n ** 16n,
      span: 3n * 10n ** 14n,
      pattern: /^[1-9]\d{0,19}$/,
      shape: 'up to 20 digits',
    },
    picture: (url) => `${url}?height=50&width=50&ext=1769817600`,
    mailDomain: 'facebook.example',
    fields: [personFields.name, personFields.email, personFields.subject],
  },
  steps: { consent: consentFault, token: {}, profile: { ...namePartsFault, ...subjectFault } },
  consentFaults: [
    {
      label: 'On the way back',
      step: 'login',
      faults: {
        server_error: 'Come back with error=server_error',
        error_message: 'Come back with error_code and error_message only',
        not_live: 'The app is not live: an error without state',
        denied_without_state: 'Denied, without state',
      },
    },
    { label: 'When the code is exchanged for a token', step: 'token', faults: tokenFaults },
    {
      label: 'When the profile is asked for',
      step: 'profile',
      faults: { ...profileFaults, ...namePartsFault, ...subjectFault },
    },
  ],
  start,
} as const satisfies ProviderDescription;

/** Graph paths take any version, or none. */
const versioned = (path: string): RegExp => new RegExp(String.raw`^(?:/v\d+\.\d+)?${path}$`);

function start(sandbox: ProviderContext) {
  const context: FacebookContext = {
    sandbox,
    codes: sandbox.openLedger<Grant>({
      lifetimeMs: 10 * 60_000,
      newKey: () => `AQ${randomBase64url(192)}`,
    }),
    tokens: sandbox.openLedger<Grant>({
      lifetimeMs: accessTokenSeconds * 1000,
      newKey: () => `EAA${randomAlphanumeric(180)}`,
    }),
  };
  const pages = Router(exactRoutes);
  pages.get(versioned('/dialog/oauth'), dialog(context));

  const graph = Router(exactRoutes);
  graph.get(versioned('/oauth/access_token'), token(context));
  graph.post(versioned('/oauth/access_token'), token(context));
  graph.get(versioned('/me'), me(context));
  graph.delete(versioned('/me/permissions'), revokePermissions(context));
  graph.get(versioned('/debug_token'), debugToken(context));
  graph.use((_req, res) => {
    send(res, graphError(400, 'Unsupported request. Please read the Graph API documentation', 100));
  });
  return { routers: { [paths.dialog]: pages, [paths.graph]: graph } };
}
