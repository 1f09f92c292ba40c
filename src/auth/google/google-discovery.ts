import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { AppError } from '../../common/errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { settingsOf } from '../../config/providers.js';
import { isLoopback } from '../../common/loopback.js';
import { type GoogleSettings, googleDiscoveryUrl } from '../../providers/google/google.js';
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
  private readonly settings: GoogleSettings;
  private known: { metadata: GoogleMetadata; loadedAt: number } | undefined;
  private loading: Promise<GoogleMetadata> | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly http: ProviderHttp,
  ) {
    this.settings = settingsOf(config, 'google');
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
    const metadata = await this.http.json(
      {
        provider: 'google',
        step: 'discovery',
        method: 'GET',
        url: googleDiscoveryUrl(this.settings),
      },
      metadataSchema,
    );
    // A document for another issuer could redirect the whole exchange (OpenID Connect Discovery §4.3).
    if (!sameIssuer(metadata.issuer, this.settings.issuer)) {
      throw new AppError('provider_error', {
        log: { provider: 'google', step: 'discovery', reason: 'issuer mismatch' },
      });
    }
    this.known = { metadata, loadedAt: Date.now() };
    return metadata;
  }
}
