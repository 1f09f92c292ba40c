import type { ProviderId } from '../common/provider-id.js';
import type { Config, Credentials, FacebookConfig, GoogleConfig, TwitterConfig } from './config.js';

/** What a provider's settings are where the sandbox plays it. */
interface SandboxProviders extends Record<ProviderId, Credentials> {
  google: GoogleConfig;
  twitter: TwitterConfig;
  /** The sandbox takes any version of Graph. */
  facebook: Omit<FacebookConfig, 'graphVersion'>;
}

/** The key pair under which the service is registered at the sandbox. It opens nothing but the sandbox. */
function sandboxCredentials(id: ProviderId): Credentials {
  return { clientId: `sandbox-${id}`, clientSecret: `sandbox-${id}-secret` };
}

/**
 * The settings that point a provider at the sandbox. Its address is 127.0.0.1, so that it is another site than the
 * service on localhost, as real providers are: cookies behave as they will in production.
 *
 * @param port where the sandbox listens
 */
export function sandboxProviders(port: number): SandboxProviders {
  const base = `http://127.0.0.1:${port}`;
  return {
    google: { ...sandboxCredentials('google'), issuer: `${base}/google` },
    twitter: { ...sandboxCredentials('twitter'), apiUrl: `${base}/x` },
    facebook: {
      ...sandboxCredentials('facebook'),
      dialogUrl: `${base}/facebook`,
      graphUrl: `${base}/graph`,
    },
  };
}

/** Whether the sandbox that the service starts plays a provider: it is there only while the service runs. */
export function isPlayed(
  { sandbox, providers }: Pick<Config, 'sandbox' | 'providers'>,
  id: ProviderId,
): boolean {
  if (sandbox === null) return false;
  return providers[id]?.clientId === sandboxCredentials(id).clientId;
}
