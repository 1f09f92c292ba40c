import type { ProviderId } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { providers } from '../providers/registry.js';
import type { ProviderButton } from './page-parts.js';

/**
 * One for each provider that is on, in the order of the registry: they never change places.
 *
 * @param query what each start is given, with its question mark
 * @param last the one to mark; null for none
 */
export function signInButtons(
  { providers: settings, publicUrl }: Pick<Config, 'providers' | 'publicUrl'>,
  query: string,
  last: ProviderId | null,
): ProviderButton[] {
  return enabledProviders(settings).map((id) => ({
    id,
    label: providers[id].label,
    mark: providers[id].mark,
    href: `${publicUrl.href}/auth/${id}${query}`,
    wasLast: id === last,
  }));
}
