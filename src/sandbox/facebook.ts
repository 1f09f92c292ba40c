import { Router } from 'express';
import { facebookDialog } from './facebook-dialog.js';
import { graphError } from './facebook-errors.js';
import {
  accessTokenSeconds,
  versioned,
  type FacebookContext,
  type FacebookGrant,
} from './facebook-grant.js';
import { debugToken, me, revokePermissions } from './facebook-graph.js';
import { facebookToken } from './facebook-token.js';
import { elsewhere, send } from './fault-answers.js';
import { exactRoutes, type Parts } from './parts.js';
import { randomAlphanumeric, randomBase64url } from './random.js';
import type { SandboxClient } from './types.js';

/** Facebook's two hosts, which are two paths here. */
export interface Facebook {
  /** www.facebook.com */
  dialog: Router;
  /** graph.facebook.com */
  graph: Router;
}

/** Plays Facebook for one registered app: the dialog, and the part of Graph that a sign-in uses. */
export function createFacebook(parts: Parts, client: SandboxClient): Facebook {
  const { book, faults, consent } = parts;
  const context: FacebookContext = {
    client,
    faults,
    codes: book.open<FacebookGrant>({
      lifetimeMs: 10 * 60_000,
      newKey: () => `AQ${randomBase64url(192)}`,
    }),
    tokens: book.open<FacebookGrant>({
      lifetimeMs: accessTokenSeconds * 1000,
      newKey: () => `EAA${randomAlphanumeric(180)}`,
    }),
  };

  const dialog = Router(exactRoutes);
  dialog.get(versioned('/dialog/oauth'), facebookDialog(context, parts));
  dialog.post('/consent', consent.decide('facebook'));

  const graph = Router(exactRoutes);
  graph.get(versioned('/oauth/access_token'), facebookToken(context));
  graph.post(versioned('/oauth/access_token'), facebookToken(context));
  graph.get(versioned('/me'), me(context));
  graph.delete(versioned('/me/permissions'), revokePermissions(context));
  graph.get(versioned('/debug_token'), debugToken(context));
  graph.get('/elsewhere', (_req, res) => elsewhere(res));
  graph.use((_req, res) => {
    send(res, graphError(400, 'Unsupported request. Please read the Graph API documentation', 100));
  });
  return { dialog, graph };
}
