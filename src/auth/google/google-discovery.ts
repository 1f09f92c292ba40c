import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { AppError } from '../../common/errors/app-error.js';
import type { ProviderId } from '../../common/provider-id.js';
import { CONFIG, type Config } from '../../config/config.js';
import { settingsOf } from '../../config/providers.js';
import { isLoopback } from '../../common/url.js';
import { googleEndpoints } from '../../providers/google/google.js';
import type { OpenIdConnectEndpoints } from '../../providers/provider.js';
import { ProviderHttp } from '../provider-http/provider-http.js';
import { sameIssuer } from '../same-issuer.js';

/** An endpoint that receives or returns codes, secrets or keys: https, except on loopback. */
const endpoint = z
  .url()
  .max(2048)
  .refine((value) => {
    const url = new URL(value);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  })
  // Normalised to ASCII, as a header requires.
  .transform((value) => new URL(value).href);

/** The fields used of the discovery document (OpenID Connect Discovery §3). */
export const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
});

export type GoogleMetadata = z.infer<typeof metadataSchema>;

const LIFETIME_MS = 60 * 60_000;

/** Loaded at the first sign-in, cached for an hour, and longer while Google is unreachable. */
@Injectable()
export class GoogleDiscovery {
  private readonly endpoints: OpenIdConnectEndpoints;
  private known: { metadata: GoogleMetadata; loadedAt: number } | undefined;
  private loading: Promise<GoogleMetadata> | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly http: ProviderHttp,
  ) {
    this.endpoints = googleEndpoints(settingsOf(config, 'google'));
  }

  /**
   * @throws AppError `provider_error` or `provider_timeout` when the document has never been loaded and cannot be now
   */
  async metadata(): Promise<GoogleMetadata> {
    if (this.known !== undefined && Date.now() - this.known.loadedAt < LIFETIME_MS) {
      return this.known.metadata;
    }
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    try {
      return await this.loading;
    } catch (error) {
      if (this.known !== undefined) return this.known.metadata;
      throw error;
    }
  }

  private async load(): Promise<GoogleMetadata> {
    const metadata = await loadDiscovery(this.http, 'google', this.endpoints);
    this.known = { metadata, loadedAt: Date.now() };
    return metadata;
  }
}

/**
 * @throws AppError `provider_error` also when the document is another issuer's: it could redirect the whole exchange, keys
 *   included (OpenID Connect Discovery §4.3)
 */
export async function loadDiscovery(
  http: ProviderHttp,
  provider: ProviderId,
  { issuer, discoveryUrl: url }: OpenIdConnectEndpoints,
): Promise<GoogleMetadata> {
  const exchange = { provider, step: 'discovery' } as const;
  const metadata = await http.json({ ...exchange, method: 'GET', url }, metadataSchema);
  if (!sameIssuer(metadata.issuer, issuer)) {
    throw new AppError('provider_error', { log: { ...exchange, reason: 'issuer mismatch' } });
  }
  return metadata;
}
