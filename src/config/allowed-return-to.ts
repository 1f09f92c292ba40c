import { parseReturnTo } from '../common/return-to.js';
import type { Config } from './config.js';

/**
 * Validates a redirect target after sign-in against the own origin and ALLOWED_ORIGINS.
 *
 * @param value the raw `returnTo` query parameter
 * @returns the target, safe in a `Location` header; null when it is not acceptable and the default applies
 */
export function allowedReturnTo(
  value: unknown,
  { publicUrl, allowedOrigins }: Pick<Config, 'publicUrl' | 'allowedOrigins'>,
): string | null {
  return parseReturnTo(value, { ownOrigin: publicUrl.origin, allowedOrigins });
}
