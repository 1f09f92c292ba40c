import type { Request } from 'express';
import { stepUpProvider } from '../auth/error-redirect.js';
import type { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import { type Config, requestedReturnTo } from '../config/config.js';
import { canProve, issuerOf } from '../config/issuers.js';
import { providers } from '../providers/registry.js';
import { currentUser } from '../users/current-user.js';
import { accountPath, isAccountPath } from './account-paths.js';
import type { Brand } from './look.js';
import type { Views } from './page-views.js';
import { askedFor, type Intent } from './step-up-intent.js';
import { wordsFor } from './text/words.js';
import type { Words } from './text/words.js';

/** The page for a session that has not proven enough: `reauth_required`, or `identity_too_new`. */
export function stepUpView(
  error: AppError,
  request: Request,
  config: Config,
  { name }: Brand,
): Views['reauthenticate'] {
  const words = wordsFor(request);
  const { availableFrom } = error;
  const anywhere = `${config.publicUrl.href}/?error=reauth_required`;
  const reauthUrl = error.reauthUrl ?? (availableFrom === null ? anywhere : null);
  const provider = stepUpProvider(reauthUrl);
  const at = availableFrom === null ? null : toTimestamp(availableFrom);
  const intent = askedFor(request, config.publicUrl);
  const { here, leadsTo } = backTo(request, config, intent);
  return {
    user: currentUser(request),
    why: whyOf(words, intent, name),
    from: at === null ? null : { at, time: words.format.time(at) },
    provider: provider === null ? null : providers[provider],
    reauthUrl: reauthUrl === null ? null : `${reauthUrl}&returnTo=${encodeURIComponent(here)}`,
    signOutFirst: provider === null ? null : signOutFirst(config, provider),
    accountUrl: accountPath(config.publicUrl),
    leadsTo,
  };
}

/** Where the person comes back to: the question of what they wanted, so that nothing is to be looked for again. */
function backTo(
  request: Request,
  config: Config,
  intent: Intent,
): { here: string; leadsTo: Views['reauthenticate']['leadsTo'] } {
  const accountUrl = accountPath(config.publicUrl);
  const isAccount = isAccountPath(request.path, accountUrl);
  // A front end's form says itself where the person was.
  const asked = isAccount ? null : requestedReturnTo(request, config);
  if (asked !== null && !isAccountPath(asked.split('?', 1)[0] ?? '', accountUrl)) {
    return { here: asked, leadsTo: 'elsewhere' };
  }
  if (intent.question === null) return { here: asked ?? accountUrl, leadsTo: 'account' };
  return { here: intent.question, leadsTo: 'question' };
}

function whyOf({ stepUp: { why } }: Words, intent: Intent, app: string | null): string {
  const label = isProviderId(intent.provider) ? providers[intent.provider].label : null;
  switch (intent.what) {
    case 'delete':
      return why.deleteAccount(app);
    case 'export':
      return why.export;
    case 'connect':
    case 'disconnect':
      return label === null ? why.other : why[intent.what](label);
    case null:
  }
  return why.other;
}

/** A provider that signs when the person authenticated has to ask them, which it does not where they are signed in. */
function signOutFirst(
  config: Config,
  provider: ProviderId,
): Views['reauthenticate']['signOutFirst'] {
  const issuer = issuerOf(config, provider);
  if (issuer === null || !canProve(config, { provider, issuer })) return null;
  return { url: providers[provider].signOutUrl?.(issuer) ?? null };
}
