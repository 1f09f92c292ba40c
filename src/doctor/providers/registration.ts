import {
  callbackUrl,
  clientIdVariable,
  clientSecretVariable,
  enabledProviders,
  providerOfVariable,
  usesSandbox,
} from '../../config/providers.js';
import { type ProviderId, providerIds } from '../../common/provider-id.js';
import { canProve, sourceOf } from '../../config/issuers.js';
import type { Config } from '../../config/config.js';
import { providers } from '../../providers/registry.js';
import { broken, type Check, ok, type Result, warning } from '../check.js';

export const registration: Check = {
  name: 'providers',
  needs: ['PUBLIC_URL'],
  run: ({ config, unusable }) => checkRegistration(config, unusable),
};

/** @param unusable the invalid variables: a provider with one of them was left out of the configuration */
export function checkRegistration(config: Config, unusable: ReadonlySet<string>): Result[] {
  const leftOut = new Set([...unusable].map(providerOfVariable));
  const results = providerIds.flatMap((id) =>
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

function describe(config: Config, id: ProviderId): Result[] {
  const { label, console } = providers[id];
  if (config.providers[id] === null) {
    return [ok(`${label} is off (${clientIdVariable(id)}, ${clientSecretVariable(id)}).`)];
  }
  if (usesSandbox(config, id)) return [ok(`${label} is the sandbox’s: nothing to register.`)];
  const on = ok(
    `${label} is on. Redirect URI: ${callbackUrl(config.publicUrl, id)}`,
    `Register exactly this as “${console.field}” in ${console.where}; needs ${console.needs}.`,
  );
  return console.authTime === undefined ? [on] : [on, stepUp(config, id, console.authTime)];
}

/** What a step-up with a provider is worth that can sign when people authenticated. */
function stepUp(config: Config, id: ProviderId, where: string): Result {
  const { label } = providers[id];
  const variable = `${id.toUpperCase()}_AUTH_TIME`;
  return canProve(config, sourceOf(config, id))
    ? ok(
        `A step-up with ${label} has to be proven (${variable}=on).`,
        `Without ${where} in its console none is: turn that on.`,
      )
    : ok(
        `A step-up with ${label} is asked for and not proven (${variable}=off): it stops a passer-by, and not somebody who edits an address.`,
        `To have it proven, turn on ${where} in its console, and set ${variable}=on.`,
      );
}
