import type { Request } from 'express';
import { stepUpProvider } from '../auth/error-redirect.js';
import type { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { toTimestamp } from '../common/timestamp.js';
import type { Config } from '../config/config.js';
import { canProve, issuerOf } from '../config/issuers.js';
import { providers } from '../providers/registry.js';
import { currentUser } from '../users/current-user.js';
import { accountPath } from './account-paths.js';
import type { Views } from './renderer.js';
import { wordsFor } from './text/words.js';

/**
 * The page for a session that has not proven enough: `reauth_required`, or `identity_too_new`.
 *
 * @param here where the person comes back to
 */
export function stepUpView(
  error: AppError,
  request: Request,
  config: Config,
  { here, leadsTo }: { here: string; leadsTo: Views['reauthenticate']['leadsTo'] },
): Views['reauthenticate'] {
  const { availableFrom } = error;
  const anywhere = `${config.publicUrl.href}/?error=reauth_required`;
  const reauthUrl = error.reauthUrl ?? (availableFrom === null ? anywhere : null);
  const provider = stepUpProvider(reauthUrl);
  const at = availableFrom === null ? null : toTimestamp(availableFrom);
  return {
    user: currentUser(request),
    from: at === null ? null : { at, time: wordsFor(request).format.time(at) },
    provider: provider === null ? null : providers[provider].label,
    reauthUrl: reauthUrl === null ? null : `${reauthUrl}&returnTo=${encodeURIComponent(here)}`,
    signOutFirst: provider === null ? null : signOutFirst(config, provider),
    accountUrl: accountPath(config.publicUrl),
    leadsTo,
  };
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
