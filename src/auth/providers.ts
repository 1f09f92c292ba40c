import type { CanActivate, Provider, Type } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import type { ProvidersConfig } from '../config/config.js';
import { type CallbackReader, readOauth1Callback, readOauth2Callback } from './callback-answer.js';
import { facebookButton } from './facebook/facebook.button.js';
import { FACEBOOK } from './facebook/facebook.config.js';
import { FacebookGuard } from './facebook/facebook.guard.js';
import { FacebookStrategy } from './facebook/facebook.strategy.js';
import { googleButton } from './google/google.button.js';
import { GOOGLE } from './google/google.config.js';
import { GoogleDiscovery } from './google/google-discovery.js';
import { GoogleGuard } from './google/google.guard.js';
import { GoogleStrategy } from './google/google.strategy.js';
import { IdTokenVerifier } from './google/id-token.js';
import type { ProviderButton } from './provider-button.js';
import { twitterButton } from './twitter/twitter.button.js';
import { TWITTER } from './twitter/twitter.config.js';
import { TwitterGuard } from './twitter/twitter.guard.js';
import { TwitterStrategy } from './twitter/twitter.strategy.js';

/** All that the rest of the service knows of a provider. */
export interface ProviderDefinition {
  /** As people know it. */
  label: string;
  button: ProviderButton;
  guard: Type<CanActivate>;
  /** The strategy and what it needs besides. */
  parts: Provider[];
  /** The token under which its settings are injected. */
  config: symbol;
  readCallback: CallbackReader;
  /** Who an answer must come from, where it says who it comes from (RFC 9207). */
  issuer(config: ProvidersConfig): string | null;
}

/** The registry: one line per provider. What is missing here does not compile. */
export const providers: Readonly<Record<ProviderId, ProviderDefinition>> = {
  google: {
    label: 'Google',
    button: googleButton,
    config: GOOGLE,
    guard: GoogleGuard,
    parts: [GoogleStrategy, GoogleDiscovery, IdTokenVerifier],
    readCallback: readOauth2Callback,
    issuer: ({ google }) => google?.issuer ?? null,
  },
  twitter: {
    label: 'X',
    button: twitterButton,
    config: TWITTER,
    guard: TwitterGuard,
    parts: [TwitterStrategy],
    readCallback: readOauth1Callback,
    issuer: ({ twitter }) => twitter?.apiUrl ?? null,
  },
  facebook: {
    label: 'Facebook',
    button: facebookButton,
    config: FACEBOOK,
    guard: FacebookGuard,
    parts: [FacebookStrategy],
    readCallback: readOauth2Callback,
    issuer: ({ facebook }) => facebook?.dialogUrl ?? null,
  },
};
