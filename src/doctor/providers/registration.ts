import {
  callbackUrl,
  clientIdVariable,
  clientSecretVariable,
  enabledProviders,
  providerOfVariable,
  usesSandbox,
} from '../../config/providers.js';
import { type ProviderId, providerIds } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import { providers } from '../../providers/registry.js';
import { broken, type Check, ok, type Result, warning } from '../check.js';

/** Which providers are on, and what has to be registered with each. */
export const registration: Check = {
  name: 'providers',
  needs: ['PUBLIC_URL'],
  run: ({ config, unusable }) => checkRegistration(config, unusable),
};

/** @param unusable the invalid variables: a provider with one of them was left out of the configuration */
export function checkRegistration(config: Config, unusable: ReadonlySet<string>): Result[] {
  const leftOut = new Set([...unusable].map(providerOfVariable));
  const results = providerIds.map((id) =>
    leftOut.has(id)
      ? warning(
          `${providers[id].label} was not checked.`,
          'Correct its variables, and run this again.',
        )
      : describe(config, id),
  );
  if (enabledProviders(config.providers).length === 0 && unusable.size === 0) {
    results.push(
      broken('No provider is on: nobody can sign in.', 'Set both keys of at least one provider.'),
    );
  }
  return results;
}

function describe(config: Config, id: ProviderId): Result {
  const { label, console } = providers[id];
  if (config.providers[id] === null) {
    return ok(`${label} is off (${clientIdVariable(id)}, ${clientSecretVariable(id)}).`);
  }
  if (usesSandbox(config, id)) return ok(`${label} is the sandbox’s: nothing to register.`);
  return ok(
    `${label} is on. Redirect URI: ${callbackUrl(config.publicUrl, id)}`,
    `Register exactly this as “${console.field}” in ${console.where}; needs ${console.needs}.`,
  );
}
