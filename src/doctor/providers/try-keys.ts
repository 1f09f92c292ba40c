import { callbackUrl } from '../../auth/callback-url.js';
import { providers } from '../../auth/providers.js';
import { ProviderFailure } from '../../auth/provider-http/provider-failure.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import type { KeyAnswer } from './keys.js';
import { ifOn } from './registry.js';

/**
 * Asks a provider whether it knows the keys, with the same clients and requests as a sign-in.
 *
 * @returns what it said, also when it said nothing; null for a provider that is off
 */
export async function tryKeys(
  id: ProviderId,
  config: Config,
  http: ProviderHttp,
): Promise<KeyAnswer | null> {
  const redirectUri = callbackUrl(config.publicUrl, id);
  const asked = ifOn(id, config.providers, (facts, settings) =>
    facts.tryKeys(settings, redirectUri, http),
  );
  if (asked === null) return null;
  const said = await asked.then(() => ({ status: 200, code: null }), read);
  return { id, label: providers[id].label, redirectUri, ...said };
}

function read(thrown: unknown): Pick<KeyAnswer, 'status' | 'code'> {
  if (!(thrown instanceof ProviderFailure)) return { status: null, code: null };
  const { reason } = thrown.log;
  return {
    status: thrown.answeredStatus,
    code: thrown.answeredStatus === null || reason === undefined ? null : String(reason),
  };
}
