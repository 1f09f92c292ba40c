import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import type { SandboxClient } from '../../src/sandbox/core/provider.js';

type SecretOf = (provider: ProviderId) => string;

const ordinarySecret: SecretOf = (provider) => `${provider}-secret`;

/**
 * The apps as they are registered with the sandbox, for a service at a public URL.
 *
 * @param secretOf where a test looks for what must not be told
 */
export function clientsOf(publicUrl: string, secretOf = ordinarySecret) {
  const clients = providerIds.map((provider) => [
    provider,
    {
      clientId: `${provider}-client`,
      clientSecret: secretOf(provider),
      redirectUri: `${publicUrl.replace(/\/$/, '')}/auth/${provider}/callback`,
    },
  ]);
  return Object.fromEntries(clients) as Record<ProviderId, SandboxClient>;
}

type KeyVariable = `${Uppercase<ProviderId>}_CLIENT_${'ID' | 'SECRET'}`;

/** The keys of those apps, for the service's environment. */
export function keysOf(secretOf = ordinarySecret) {
  const keys = providerIds.flatMap((provider) => [
    [`${provider.toUpperCase()}_CLIENT_ID`, `${provider}-client`],
    [`${provider.toUpperCase()}_CLIENT_SECRET`, secretOf(provider)],
  ]);
  return Object.fromEntries(keys) as Record<KeyVariable, string>;
}

/** The same, with their ordinary secrets. */
export const providerKeys = keysOf();
