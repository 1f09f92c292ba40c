import type * as z from 'zod';
import type { ProviderId } from '../common/provider-id.js';
import { facebook } from './facebook/facebook.js';
import { google } from './google/google.js';
import type { Credentials, ProviderDefinition } from './provider.js';
import { twitter } from './twitter/twitter.js';

/** What of a definition does not depend on its settings. */
type Facts = Omit<
  ProviderDefinition<object>,
  'settings' | 'sandboxSettings' | 'endpoints' | 'issuer' | 'warnings'
>;

/** One line per provider. What is missing here does not compile. */
export const providers = { google, twitter, facebook } satisfies Record<ProviderId, Facts>;

/** A provider's settings, its keys included. */
export type ProviderSettings<Id extends ProviderId> = Credentials &
  Readonly<z.output<(typeof providers)[Id]['settings']>>;

/** Each provider's settings, or null where it is off. */
export type ProvidersConfig = { readonly [Id in ProviderId]: ProviderSettings<Id> | null };

/** Runs `use` with a provider's definition and settings. Returns null where it is off. */
export function ifEnabled<Result>(
  id: ProviderId,
  config: ProvidersConfig,
  use: (definition: ProviderDefinition<object>, settings: Credentials) => Result,
): Result | null {
  const settings = config[id];
  return settings === null ? null : use(providers[id], settings);
}
