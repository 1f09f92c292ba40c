import { callbackUrl } from '../auth/callback-url.js';
import { providers } from '../providers/registry.js';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { clientIdVariable, clientSecretVariable, providerOfVariable } from '../config/providers.js';
import type { Check } from './check.js';
import { broken, type Judgement, ok, warning } from './finding.js';
import { usesSandbox } from '../config/providers.js';

/** Which providers are on, and what has to be registered with each. */
export const registration: Check = {
  name: 'providers',
  needs: ['PUBLIC_URL'],
  asksOthers: false,
  look: ({ config, unusable }) => judgeRegistration(config, unusable),
};

/**
 * Judges which providers are on.
 *
 * @param unusable the variables that are wrong: a provider that has one of them was left out
 */
export function judgeRegistration(config: Config, unusable: ReadonlySet<string>): Judgement[] {
  const leftOut = new Set([...unusable].map(providerOfVariable));
  const found = providerIds.map((id) => (leftOut.has(id) ? notLookedAt(id) : describe(config, id)));
  if (enabledProviders(config.providers).length === 0 && unusable.size === 0) {
    found.push(
      broken('No provider is on: nobody can sign in.', 'Set both keys of at least one provider.'),
    );
  }
  return found;
}

function notLookedAt(id: ProviderId): Judgement {
  return warning(
    `${providers[id].label} was not looked at.`,
    'Correct its variables, and run this again.',
  );
}

function describe(config: Config, id: ProviderId): Judgement {
  const { label } = providers[id];
  if (config.providers[id] === null) {
    return ok(`${label} is off (${clientIdVariable(id)}, ${clientSecretVariable(id)}).`);
  }
  if (usesSandbox(config, id)) return ok(`${label} is the sandbox’s: nothing to register.`);
  const { where, field, needs } = providers[id].console;
  const uri = callbackUrl(config.publicUrl, id);
  return ok(
    `${label} is on. Redirect URI: ${uri}`,
    `Register exactly this as “${field}” in ${where}; needs ${needs}.`,
  );
}
