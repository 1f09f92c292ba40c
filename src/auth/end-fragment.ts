import { isProviderId } from '../common/provider-id.js';
import { providers } from '../providers/registry.js';

/**
 * An address to which a provider’s answer leads. Browsers carry a fragment across a redirect to an address without one
 * (Fetch §4.4), so where the provider leaves one behind, the address gets one: an empty one, unless it has its own.
 */
export function endFragment(provider: unknown, address: string): string {
  const leaves = isProviderId(provider) && providers[provider].leavesFragment;
  return leaves && !address.includes('#') ? `${address}#` : address;
}
