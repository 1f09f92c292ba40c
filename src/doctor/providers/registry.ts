import type { ProviderId } from '../../common/provider-id.js';
import type { ProvidersConfig } from '../../config/config.js';
import { facebook } from './facebook.js';
import { google } from './google.js';
import type { ProviderFacts } from './provider-facts.js';
import { twitter } from './twitter.js';

type Settings<Id extends ProviderId> = NonNullable<ProvidersConfig[Id]>;

/** What the doctor knows of each provider: one line per provider. What is missing here does not compile. */
export const providerFacts: {
  readonly [Id in ProviderId]: ProviderFacts<Settings<Id>>;
} = { google, twitter, facebook };

/**
 * Does something with what is known of a provider and its settings. The two come together here, so that the compiler sees
 * that they are of the same provider.
 *
 * @returns null for a provider that is off
 */
export function ifOn<Id extends ProviderId, Result>(
  id: Id,
  config: ProvidersConfig,
  use: (facts: ProviderFacts<Settings<Id>>, settings: Settings<Id>) => Result,
): Result | null {
  const settings = config[id];
  return settings === null ? null : use(providerFacts[id], settings);
}
