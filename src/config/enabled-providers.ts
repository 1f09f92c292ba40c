import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { ProvidersConfig } from './config.js';

/** The providers that are on, in the order in which they are shown. */
export function enabledProviders(config: ProvidersConfig): ProviderId[] {
  return providerIds.filter((id) => config[id] !== null);
}
