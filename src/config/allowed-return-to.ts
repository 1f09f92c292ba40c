import { parseReturnTo } from '../common/return-to.js';
import type { Config } from './config.js';

/** `value` if it is a safe redirect target on the own origin or in ALLOWED_ORIGINS, otherwise null. */
export function allowedReturnTo(
  value: unknown,
  { publicUrl, allowedOrigins }: Pick<Config, 'publicUrl' | 'allowedOrigins'>,
): string | null {
  return parseReturnTo(value, { ownOrigin: publicUrl.origin, allowedOrigins });
}
