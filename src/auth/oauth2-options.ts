import type { ProviderId } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { callbackUrl, settingsOf } from '../config/providers.js';
import type { AttemptsService } from './attempts/attempts.service.js';
import { oauth2StateStore } from './attempts/passport-stores.js';

/** Keeps state and PKCE verifier in an attempt. The packages' types lack `store` and `pkce`. */
export function oauth2Options(
  config: Config,
  id: ProviderId,
  attempts: AttemptsService,
  {
    scope,
    authorizationUrl,
    tokenUrl,
  }: { scope: string[]; authorizationUrl: string; tokenUrl: string },
): object {
  const { clientId, clientSecret } = settingsOf(config, id);
  return {
    clientID: clientId,
    clientSecret,
    callbackURL: callbackUrl(config.publicUrl, id),
    authorizationURL: authorizationUrl,
    tokenURL: tokenUrl,
    scope,
    pkce: true,
    store: oauth2StateStore(attempts),
    passReqToCallback: true,
  };
}
