import type { ProviderId } from '../common/provider-id.js';
import type { PublicUrl } from '../config/config.js';

/** The redirect URI, exactly as it must be registered at the provider. */
export function callbackUrl(publicUrl: PublicUrl, provider: ProviderId): string {
  return `${publicUrl.href}/auth/${provider}/callback`;
}
