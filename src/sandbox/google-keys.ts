import { exportJWK, exportSPKI, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { randomHex } from './random.js';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  publicPem: string;
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomHex(20);
  const jwk = await exportJWK(publicKey);
  return {
    kid,
    privateKey,
    publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    publicPem: await exportSPKI(publicKey),
  };
}

/** The keys under ID tokens. The real ones change now and then, so a client has to live through `rotate`. */
export interface GoogleKeys {
  current(): SigningKey;
  /** A key that is not published, for signatures that must not verify. */
  stranger(): SigningKey;
  rotate(): Promise<void>;
}

/** Makes the first key, and one that is never published. RS256, as in Google's discovery document. */
export async function createGoogleKeys(): Promise<GoogleKeys> {
  let [current, stranger] = await Promise.all([createSigningKey(), createSigningKey()]);
  return {
    current: () => current,
    stranger: () => stranger,
    async rotate() {
      const next = await createSigningKey();
      stranger = current;
      current = next;
    },
  };
}
