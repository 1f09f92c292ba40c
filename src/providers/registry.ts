import type * as z from 'zod';
import type { ProviderId } from '../common/provider-id.js';
import { facebook } from './facebook/facebook.js';
import { google } from './google/google.js';
import type { Credentials, ProviderDefinition } from './provider.js';
import { twitter } from './twitter/twitter.js';

/** The part of a definition that does not depend on the type of its settings. */
type Facts = Omit<
  ProviderDefinition<object>,
  | 'settings'
  | 'sandboxSettings'
  | 'endpoints'
  | 'issuer'
  | 'identityIssuer'
  | 'canProve'
  | 'warnings'
>;

/** One line per provider; a missing one does not compile. */
export const providers = { google, twitter, facebook } satisfies Record<ProviderId, Facts>;

export type ProviderSettings<Id extends ProviderId> = Credentials &
  Readonly<z.output<(typeof providers)[Id]['settings']>>;

export type ProvidersConfig = { readonly [Id in ProviderId]: ProviderSettings<Id> | null };

/** Calls `use` with a provider's definition and settings; null when it is off. */
export function ifEnabled<Result>(
  id: ProviderId,
  config: ProvidersConfig,
  use: (definition: ProviderDefinition<object>, settings: Credentials) => Result,
): Result | null {
  const settings = config[id];
  return settings === null ? null : use(providers[id], settings);
}
