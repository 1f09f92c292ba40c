import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import { sandboxProviders } from '../../config/sandbox-providers.js';

/** Whether the sandbox that the service starts plays a provider: it is there only while the service runs. */
export function isPlayed({ sandbox, providers }: Config, id: ProviderId): boolean {
  if (sandbox === null) return false;
  return providers[id]?.clientId === sandboxProviders(sandbox.port)[id].clientId;
}
