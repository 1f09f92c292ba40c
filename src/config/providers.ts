import * as z from 'zod';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { Credentials } from '../providers/provider.js';
import {
  ifEnabled,
  providers,
  type ProvidersConfig,
  type ProviderSettings,
} from '../providers/registry.js';
import { isLoopback } from '../common/url.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { PublicUrl } from './config.js';

export function enabledProviders(config: ProvidersConfig): ProviderId[] {
  return providerIds.filter((id) => config[id] !== null);
}

export function settingsOf<Id extends ProviderId>(
  { providers: config }: { providers: ProvidersConfig },
  id: Id,
): ProviderSettings<Id> {
  const settings: ProviderSettings<Id> | null = config[id];
  if (settings === null) throw new Error(`${id} is off.`);
  return settings;
}

/** The variable of a provider's client id (X calls it the API key). */
export function clientIdVariable(id: ProviderId): string {
  return settingVariable(id, 'clientId');
}

export function clientSecretVariable(id: ProviderId): string {
  return settingVariable(id, 'clientSecret');
}

export function providerOfVariable(variable: string): ProviderId | null {
  return providerIds.find((id) => variable.startsWith(`${id.toUpperCase()}_`)) ?? null;
}

/** `FACEBOOK_GRAPH_URL` for `graphUrl` of `facebook`. */
function settingVariable(id: ProviderId, setting: string): string {
  const words = setting.replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `${id}_${words}`.toUpperCase();
}

const credentials = { clientId: z.string().optional(), clientSecret: z.string().optional() };

/** Every setting of every provider, its variable, and the variable's schema. */
const settings = providerIds.flatMap((id) => {
  const shape: Record<string, z.ZodType> = { ...credentials, ...providers[id].settings.shape };
  return Object.entries(shape).map(([setting, schema]) => {
    return { id, setting, variable: settingVariable(id, setting), schema };
  });
});

export const providerVariables = z.object(
  Object.fromEntries(settings.map(({ variable, schema }) => [variable, schema])),
);

/**
 * Builds each provider's settings. A provider is on when it has a key pair, or when the sandbox replaces it.
 *
 * @param variables parsed by `providerVariables`
 * @param sandboxPort the sandbox's port; null when it is off
 */
export function toProvidersConfig(
  variables: Readonly<Record<string, unknown>>,
  sandboxPort: number | null,
): ProvidersConfig {
  const config = providerIds.map((id) => {
    const own = Object.fromEntries(
      settings
        .filter((each) => each.id === id)
        .map(({ setting, variable }) => [setting, variables[variable]]),
    );
    const hasKeys = own['clientId'] !== undefined && own['clientSecret'] !== undefined;
    if (hasKeys) return [id, own];
    return [id, sandboxPort === null ? null : { ...own, ...sandboxSettings(id, sandboxPort) }];
  });
  return Object.fromEntries(config) as ProvidersConfig;
}

/** The service's registration at the sandbox. It is worthless anywhere else. */
function sandboxCredentials(id: ProviderId): Credentials {
  return { clientId: `sandbox-${id}`, clientSecret: `sandbox-${id}-secret` };
}

/**
 * The settings that point a provider at the sandbox. Its address is 127.0.0.1 while the service is on localhost, so the
 * two are cross-site, as with real providers, and cookies behave as in production.
 *
 * @param port the sandbox's port
 */
export function sandboxSettings(id: ProviderId, port: number): Credentials & object {
  return {
    ...sandboxCredentials(id),
    ...providers[id].sandboxSettings(`http://127.0.0.1:${port}`),
  };
}

export function sandboxVariables(port: number): Record<string, string> {
  return Object.fromEntries(
    providerIds.flatMap((id) =>
      Object.entries(sandboxSettings(id, port)).map(([setting, value]) => [
        settingVariable(id, setting),
        String(value),
      ]),
    ),
  );
}

/** The variables that hold a key of the sandbox, where anybody can be anybody. */
export function sandboxKeysIn(set: Readonly<Record<string, string | undefined>>): string[] {
  return providerIds.flatMap((id) =>
    Object.entries<string>({ ...sandboxCredentials(id) })
      .map(([setting, key]) => ({ variable: settingVariable(id, setting), key }))
      .filter(({ variable, key }) => set[variable] === key)
      .map(({ variable }) => variable),
  );
}

/**
 * Whether the sandbox is on: where SANDBOX says so, or else by itself, for a service on this machine alone that has no
 * provider's keys.
 *
 * @param set variables by name
 */
export function sandboxIsOn(set: Readonly<Record<string, unknown>>, publicUrl: string): boolean {
  const { SANDBOX: asked = 'auto', NODE_ENV: environment } = set;
  if (asked !== 'auto') return asked === 'on';
  const anyProvider = providerIds.some((id) => set[clientIdVariable(id)] !== undefined);
  return environment !== 'production' && !anyProvider && isLoopback(new URL(publicUrl).hostname);
}

interface SandboxUse {
  readonly sandbox: object | null;
  readonly providers: ProvidersConfig;
}

/** Whether a provider is replaced by the sandbox that this process starts, which runs only as long as the service. */
export function usesSandbox({ sandbox, providers: config }: SandboxUse, id: ProviderId): boolean {
  return sandbox !== null && hasSandboxKeys(config, id);
}

/** Whether anybody can sign in as anybody: by the sandbox of this process, or by one that runs elsewhere. */
export function letsAnybodyIn({ sandbox, providers: config }: SandboxUse): boolean {
  return sandbox !== null || providerIds.some((id) => hasSandboxKeys(config, id));
}

function hasSandboxKeys(config: ProvidersConfig, id: ProviderId): boolean {
  return config[id]?.clientId === sandboxCredentials(id).clientId;
}

/** Where the providers are that are on: the variables, and their values. */
export function providerAddresses(config: ProvidersConfig): { variable: string; url: string }[] {
  return settings.flatMap(({ id, setting, variable }) => {
    const own: Readonly<Record<string, unknown>> = { ...config[id] };
    const url = own[setting];
    const isAddress = !(setting in credentials) && typeof url === 'string' && URL.canParse(url);
    return isAddress ? [{ variable, url }] : [];
  });
}

/**
 * The origin of a provider that runs on this machine without https, as the sandbox does; null of any other, and where it
 * is off.
 */
export function localOrigin(config: ProvidersConfig, id: ProviderId): string | null {
  const issuer = ifEnabled(id, config, (definition, own) => definition.issuer(own));
  if (issuer === null) return null;
  const { protocol, hostname, origin } = new URL(issuer);
  return protocol === 'http:' && isLoopback(hostname) ? origin : null;
}

/** A provider's profile, as it came, in the one shape; null when it is malformed. */
export function profileFrom(
  config: ProvidersConfig,
  id: ProviderId,
  raw: unknown,
): SocialProfile | null {
  return providers[id].toProfile(raw, localOrigin(config, id));
}

/** The redirect URI, exactly as it must be registered at the provider. */
export function callbackUrl(publicUrl: PublicUrl, provider: ProviderId): string {
  return `${publicUrl.href}/auth/${provider}/callback`;
}
