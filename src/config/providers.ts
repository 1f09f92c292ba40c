import * as z from 'zod';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { Credentials, ProviderDefinition } from '../providers/provider.js';
import { type ProvidersConfig, type ProviderSettings, providers } from '../providers/registry.js';

/** The providers that are on, in the order in which they are shown. */
export function enabledProviders(config: ProvidersConfig): ProviderId[] {
  return providerIds.filter((id) => config[id] !== null);
}

/** The settings of a provider that is on. */
export function settingsOf<Id extends ProviderId>(
  { providers: config }: { providers: ProvidersConfig },
  id: Id,
): ProviderSettings<Id> {
  const settings: ProviderSettings<Id> | null = config[id];
  if (settings === null) throw new Error(`${id} is off.`);
  return settings;
}

/** The variable that holds a provider's client id (X calls it the API key). */
export function clientIdVariable(id: ProviderId): string {
  return settingVariable(id, 'clientId');
}

/** The variable that holds a provider's client secret. */
export function clientSecretVariable(id: ProviderId): string {
  return settingVariable(id, 'clientSecret');
}

/** The provider that a variable belongs to, by its name. */
export function providerOfVariable(variable: string): ProviderId | null {
  return providerIds.find((id) => variable.startsWith(`${id.toUpperCase()}_`)) ?? null;
}

/** `FACEBOOK_GRAPH_URL` for `graphUrl` of `facebook`. */
function settingVariable(id: ProviderId, setting: string): string {
  const words = setting.replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `${id}_${words}`.toUpperCase();
}

const credentialsSchema = z.object({
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
});

function settingsSchema(id: ProviderId): z.ZodObject {
  const { settings } = providers[id] as unknown as ProviderDefinition<object>;
  return credentialsSchema.extend(settings.shape);
}

/** Every provider's variables, by their names. */
export const providerVariables = z.object(
  Object.fromEntries(
    providerIds.flatMap((id) =>
      Object.entries(settingsSchema(id).shape).map(([setting, schema]) => [
        settingVariable(id, setting),
        schema as z.ZodType,
      ]),
    ),
  ),
);

/**
 * Each provider's settings. It is on with a key pair of its own; without one it is on only where the sandbox stands in
 * for it.
 *
 * @param variables as `providerVariables` has parsed them
 * @param sandboxPort where the sandbox listens; null without it
 */
export function toProvidersConfig(
  variables: Readonly<Record<string, unknown>>,
  sandboxPort: number | null,
): ProvidersConfig {
  const config = providerIds.map((id) => {
    const settings = Object.fromEntries(
      Object.keys(settingsSchema(id).shape).map((setting) => [
        setting,
        variables[settingVariable(id, setting)],
      ]),
    );
    const hasKeys = settings['clientId'] !== undefined && settings['clientSecret'] !== undefined;
    if (hasKeys) return [id, settings];
    return [id, sandboxPort === null ? null : { ...settings, ...sandboxSettings(id, sandboxPort) }];
  });
  return Object.fromEntries(config) as ProvidersConfig;
}

/** The key pair under which the service is registered at the sandbox. It opens nothing but the sandbox. */
function sandboxCredentials(id: ProviderId): Credentials {
  return { clientId: `sandbox-${id}`, clientSecret: `sandbox-${id}-secret` };
}

/**
 * The settings with which a provider is replaced by the sandbox. Its address is 127.0.0.1, so that it is another site than
 * the service on localhost, as real providers are: cookies behave as they will in production.
 *
 * @param port where the sandbox listens
 */
export function sandboxSettings(id: ProviderId, port: number): Credentials & object {
  return {
    ...sandboxCredentials(id),
    ...providers[id].sandboxSettings(`http://127.0.0.1:${port}`),
  };
}

/** The same as variables, for a service that is configured with them. */
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

/** Whether the sandbox that the service starts stands in for a provider: it is there only while the service runs. */
export function usesSandbox(
  { sandbox, providers: config }: { sandbox: object | null; providers: ProvidersConfig },
  id: ProviderId,
): boolean {
  return sandbox !== null && config[id]?.clientId === sandboxCredentials(id).clientId;
}
