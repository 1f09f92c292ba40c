import { parseReturnTo } from '../common/return-to.js';
import type { Config } from './config.js';

/**
 * Where this service may send a browser after sign-in: to its own origin, and to those of ALLOWED_ORIGINS.
 *
 * @param value the `returnTo` query parameter, as it came
 * @returns it, safe in a `Location` header; null when it is not acceptable and the default is to be used
 */
export function allowedReturnTo(
  value: unknown,
  { publicUrl, allowedOrigins }: Pick<Config, 'publicUrl' | 'allowedOrigins'>,
): string | null {
  return parseReturnTo(value, { ownOrigin: publicUrl.origin, allowedOrigins });
}
