import type { GoogleConfig } from '../../config/config.js';

/** Where Google says what its other endpoints are (OpenID Connect Discovery §4). */
export function googleDiscoveryUrl({ issuer }: Pick<GoogleConfig, 'issuer'>): string {
  return `${issuer}/.well-known/openid-configuration`;
}
