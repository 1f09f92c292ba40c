import type { ReturnToPolicy } from '../common/return-to.js';
import type { Config } from './config.js';

/** Where this service may send a browser after sign-in: its own origin, and those of ALLOWED_ORIGINS. */
export function returnToPolicy({ publicUrl, allowedOrigins }: Config): ReturnToPolicy {
  return { ownOrigin: publicUrl.origin, allowedOrigins };
}
