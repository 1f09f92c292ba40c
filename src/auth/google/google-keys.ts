import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { ProviderHttp } from '../provider-http/provider-http.js';

const LIFETIME_MS = 60 * 60_000;
const REFETCH_MS = 30_000;

/** Accepted signature algorithms: RS256 with at least 2048 bits, and ES256 (RFC 7518 §3.3, §3.4). */
export const algorithmSchema = z.enum(['RS256', 'ES256']);

type Algorithm = z.infer<typeof algorithmSchema>;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** A key's id and intended use (RFC 7517 §4). */
const purposeSchema = z.object({
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.literal('sig').optional(),
});

interface PublishedKey {
  kid: string | undefined;
  alg: Algorithm;
  key: KeyObject;
}

/** A JWK set: loaded on first use, cached for an hour. */
export class GoogleKeys {
  private known: { keys: readonly PublishedKey[]; loadedAt: number } | undefined;
  private loading: Promise<readonly PublishedKey[]> | undefined;
  private refetched: { keys: Promise<readonly PublishedKey[]>; startedAt: number } | undefined;

  constructor(
    readonly uri: string,
    private readonly http: ProviderHttp,
  ) {}

  /**
   * Tries the keys that match a token's header, then fetches the set anew in case of key rotation: at most once in 30 s,
   * since a hostile or broken provider can send any number of tokens that name unknown keys.
   *
   * @param check whether a key verifies the signature
   * @throws AppError `provider_error` or `provider_timeout` when the keys cannot be fetched
   */
  async some(
    { alg, kid }: { alg: Algorithm; kid?: string | undefined },
    check: (key: KeyObject) => boolean,
  ): Promise<boolean> {
    const verifies = (key: PublishedKey) =>
      key.alg === alg && (kid === undefined || key.kid === kid) && check(key.key);
    const cached = this.known;
    const isFresh = cached !== undefined && performance.now() - cached.loadedAt < LIFETIME_MS;
    if (!isFresh) return (await this.load()).some(verifies);
    return cached.keys.some(verifies) || (await this.refetch()).some(verifies);
  }

  private load(): Promise<readonly PublishedKey[]> {
    this.loading ??= this.fetch().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  /** Whoever asks within 30 s shares what came of it, a failure too. */
  private refetch(): Promise<readonly PublishedKey[]> {
    const now = performance.now();
    if (this.refetched === undefined || now - this.refetched.startedAt >= REFETCH_MS) {
      this.refetched = { keys: this.load(), startedAt: now };
    }
    return this.refetched.keys;
  }

  private async fetch(): Promise<readonly PublishedKey[]> {
    const { keys: documents } = await this.http.json(
      { provider: 'google', step: 'keys', method: 'GET', url: this.uri },
      keySetSchema,
    );
    const keys = documents.flatMap((document) => publishedKey(document) ?? []);
    this.known = { keys, loadedAt: performance.now() };
    return keys;
  }
}

/** Parses a JWK; null when it is malformed, or not for an accepted signature algorithm. */
function publishedKey(document: JsonWebKey): PublishedKey | null {
  const purpose = purposeSchema.safeParse(document).data;
  if (purpose === undefined) return null;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: document, format: 'jwk' });
  } catch {
    // A malformed key does not affect the others.
    return null;
  }
  const alg = algorithmOf(key);
  if (alg === null || (purpose.alg !== undefined && purpose.alg !== alg)) return null;
  return { kid: purpose.kid, alg, key };
}

function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails: details,
}: KeyObject): Algorithm | null {
  if (asymmetricKeyType === 'rsa') return (details?.modulusLength ?? 0) >= 2048 ? 'RS256' : null;
  return asymmetricKeyType === 'ec' && details?.namedCurve === 'prime256v1' ? 'ES256' : null;
}
