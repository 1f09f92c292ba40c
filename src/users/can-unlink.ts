import type { ProviderId } from '../common/provider-id.js';

/**
 * Whether a person who disconnects a provider can still sign in: with another one that is connected, and that is on
 * wherever this one is. That there is another at all the schema holds as well.
 *
 * @param connected the person's providers, this one included
 * @param enabled the providers that are on
 */
export function canUnlink(
  provider: ProviderId,
  connected: readonly ProviderId[],
  enabled: readonly ProviderId[],
): boolean {
  const rest = connected.filter((id) => id !== provider);
  if (!enabled.includes(provider)) return rest.length > 0;
  return rest.some((id) => enabled.includes(id));
}
