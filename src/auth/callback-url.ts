import type { ProviderId } from '../common/provider-id.js';
import type { PublicUrl } from '../config/config.js';

/** The URL to which a provider sends people back, as it has to be registered there, to the letter. */
export function callbackUrl(publicUrl: PublicUrl, provider: ProviderId): string {
  return `${publicUrl.href}/auth/${provider}/callback`;
}
