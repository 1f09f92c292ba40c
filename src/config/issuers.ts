import type { ProviderId } from '../common/provider-id.js';
import { ifEnabled } from '../providers/registry.js';
import type { Config } from './config.js';
import { usesSandbox } from './providers.js';

type IssuerConfig = Pick<Config, 'providers' | 'sandbox'>;

/** The provider of an identity, and who vouches for it. */
export interface IdentitySource {
  readonly provider: ProviderId;
  readonly issuer: string;
}

/** The issuer of the sandbox's identities, whatever its port. */
function sandboxIssuer(id: ProviderId): string {
  return `sandbox:${id}`;
}

/** Whose identities a provider vouches for now; null when it is off. */
export function issuerOf(config: IssuerConfig, id: ProviderId): string | null {
  if (usesSandbox(config, id)) return sandboxIssuer(id);
  return ifEnabled(id, config.providers, (definition, settings) =>
    definition.identityIssuer(settings),
  );
}

/** @throws Error when the provider is off: it has no strategy then */
export function sourceOf(config: IssuerConfig, provider: ProviderId): IdentitySource {
  const issuer = issuerOf(config, provider);
  if (issuer === null) throw new Error(`${provider} is off.`);
  return { provider, issuer };
}

/**
 * Whether an identity counts: its issuer is configured now. Any other proves nothing, owns no address, is nobody's last
 * identity, and blocks no connecting.
 */
export function isActive(config: IssuerConfig, { provider, issuer }: IdentitySource): boolean {
  return issuerOf(config, provider) === issuer;
}

/**
 * Whether a session that an identity has begun goes on. Where its provider is off it does, since the person could not
 * sign in again; where another issuer has taken its place, or it came from the sandbox, it does not.
 */
export function keepsSession(config: IssuerConfig, source: IdentitySource): boolean {
  const isOff = config.providers[source.provider] === null;
  return isOff ? source.issuer !== sandboxIssuer(source.provider) : isActive(config, source);
}

/** Whether an identity's provider signs when the person authenticated. */
export function canProve(config: IssuerConfig, source: IdentitySource): boolean {
  return (
    isActive(config, source) &&
    ifEnabled(source.provider, config.providers, (definition, settings) =>
      definition.canProve(settings),
    ) === true
  );
}
