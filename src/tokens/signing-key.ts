import {
  createPrivateKey,
  generateKeyPairSync,
  hash,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import * as z from 'zod';
import { createSeal, type Seal } from '../common/seal.js';
import type { Config } from '../config/config.js';
import type { SigningKeysTable } from '../database/schema.js';

type PublicHalf = Pick<SigningKeysTable, 'kid' | 'x' | 'y'>;

type SealConfig = Pick<Config, 'secrets' | 'publicUrl'>;

/** A key that one of our secrets has opened. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** Whether the newest secret has opened it. */
  readonly isSealedByNewest: boolean;
}

/** Makes a key, its private half sealed by the newest secret. */
export function makeSigningKey(config: SealConfig): PublicHalf & { private_key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const kid = thumbprintOf({ x, y });
  return { kid, x, y, private_key: seal(kid, d, config) };
}

/** Seals a private half by the newest secret. */
export function seal(kid: string, d: string, config: SealConfig): string {
  const { secrets, publicUrl } = config;
  return sealFor(kid, publicUrl.href, secrets).close({ kid, issuer: publicUrl.href, d });
}

/** Opens a key; null when none of our secrets does, or it was sealed for another PUBLIC_URL. */
export function openSigningKey(
  { kid, x, y, private_key: sealed }: PublicHalf & { private_key: string },
  { secrets, publicUrl }: SealConfig,
): SigningKey | null {
  const byNewest = sealFor(kid, publicUrl.href, secrets.slice(0, 1)).open(sealed);
  const opened = byNewest ?? sealFor(kid, publicUrl.href, secrets).open(sealed);
  if (opened === null) return null;
  const jwk: JsonWebKey = { ...publicJwk({ x, y }), d: opened.d };
  return {
    kid,
    privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
    isSealedByNewest: byNewest !== null,
  };
}

export function privateHalf({ privateKey }: SigningKey): string {
  return privateKey.export({ format: 'jwk' }).d ?? '';
}

/** A public half as verifiers read it (RFC 7517 §4, RFC 7518 §6.2.1). */
export function toJwk({ kid, x, y }: PublicHalf) {
  return { ...publicJwk({ x, y }), kid, alg: 'ES256', use: 'sig' } as const;
}

/**
 * Signs a token (RFC 7515 §3.1, RFC 7518 §3.4): its type says that it is for an API (RFC 9068 §2.1), and no sign-in. With
 * node:crypto, in the calling thread (docs/decisions/0010-crypto-in-the-calling-thread.md).
 */
export function signToken({ kid, privateKey }: SigningKey, claims: object): string {
  const input = [{ alg: 'ES256', typ: 'at+jwt', kid }, claims].map(encode).join('.');
  const signature = inHalves(sign('sha256', Buffer.from(input), privateKey));
  return `${input}.${signature.toString('base64url')}`;
}

/** Bytes of each of the two numbers that an ES256 signature is (RFC 7518 §3.4). */
const HALF = 32;

/**
 * The two numbers of a signature in DER (RFC 3279 §2.2.3), one behind the other. Asked for this form, Node takes twice as
 * long to sign.
 */
function inHalves(der: Buffer): Buffer {
  const halves = Buffer.alloc(2 * HALF);
  // A sequence, its length, and the tag of the first integer come before that one's length.
  let at = 3;
  for (const end of [HALF, 2 * HALF]) {
    const start = at + 1;
    const next = start + (der[at] ?? 0);
    // One that begins with a set bit has an empty byte before it; one that is small is shorter.
    const number = der.subarray(Math.max(start, next - HALF), next);
    halves.set(number, end - number.length);
    at = next + 1;
  }
  return halves;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** RFC 7638 §3: the members that make the key, in this order. */
function thumbprintOf({ x, y }: { x: string; y: string }): string {
  const { crv, kty } = publicJwk({ x, y });
  return hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url');
}

function publicJwk({ x, y }: { x: string; y: string }) {
  return { kty: 'EC', crv: 'P-256', x, y } as const;
}

/** What it opens is the key with this `kid`, of a service at this address, and no other. */
function sealFor(
  kid: string,
  issuer: string,
  secrets: readonly string[],
): Seal<{ kid: string; issuer: string; d: string }> {
  const schema = z.object({ kid: z.literal(kid), issuer: z.literal(issuer), d: z.string() });
  return createSeal(secrets, 'signing key', schema);
}
