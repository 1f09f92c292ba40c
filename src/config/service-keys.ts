import { hash } from 'node:crypto';
import * as z from 'zod';
import { MIN_SECRET_LENGTH, weaknessOf } from './secret-strength.js';

/** What a server proves itself with. Its secret is not kept. */
export interface ServiceKey {
  /** As it stands in the log and the metrics. */
  readonly name: string;
  /** SHA-256 of the secret, base64url. */
  readonly hash: string;
  /** Why the secret can be guessed, as a phrase; null where it looks random. */
  readonly weakness: string | null;
}

/** For a rotation: the new one, and the one that goes. */
const PER_NAME = 2;

const NAME = /^[a-z\d](?:[a-z\d-]{0,30}[a-z\d])?$/;

/** What a token’s `client_id` says for pages of our own. */
const OWN_NAME = 'latchkey';

/** What a header can carry. */
const SECRET = /^[\x21-\x7e]+$/;

interface NamedSecret {
  name: string;
  secret: string;
}

/** The pairs of SERVICE_KEYS; without a colon there is no name. */
function pairsIn(value: string): NamedSecret[] {
  const items = value.split(',').map((item) => item.trim());
  return items
    .filter((item) => item !== '')
    .map((item) => {
      const colon = item.indexOf(':');
      return { name: item.slice(0, Math.max(0, colon)), secret: item.slice(colon + 1) };
    });
}

/** The secrets of SERVICE_KEYS, whatever else may be wrong with it. */
export function serviceSecretsIn(value: string): string[] {
  return pairsIn(value).map(({ secret }) => secret);
}

/** SERVICE_KEYS: `name:secret`, comma-separated. Messages quote nothing of it. */
export const serviceKeys = z
  .string()
  .transform(pairsIn)
  .refine((pairs) => pairs.every(({ name }) => name !== OWN_NAME), {
    error: `cannot have the name ${OWN_NAME}: in tokens it stands for the service’s own pages`,
  })
  .refine((pairs) => pairs.every(({ name }) => NAME.test(name)), {
    error:
      'needs name:secret, comma-separated; a name has up to 32 of a-z, 0-9 and -, such as web:SECRET',
    abort: true,
  })
  .refine(
    (pairs) =>
      pairs.every(({ secret }) => secret.length >= MIN_SECRET_LENGTH && SECRET.test(secret)),
    {
      error: `needs at least ${MIN_SECRET_LENGTH} characters without blanks in each of its secrets (latchkey secret prints one)`,
      abort: true,
    },
  )
  .refine(
    (pairs) =>
      pairs.every(({ name }) => pairs.filter((one) => one.name === name).length <= PER_NAME),
    { error: 'has a name more than twice: two are for a rotation' },
  )
  .refine((pairs) => new Set(pairs.map(({ secret }) => secret)).size === pairs.length, {
    error: 'has the same secret twice: it would not be known whose it is',
  })
  .transform((pairs) => pairs.map(toServiceKey));

function toServiceKey({ name, secret }: NamedSecret): ServiceKey {
  return { name, hash: hash('sha256', secret, 'base64url'), weakness: weaknessOf(secret) };
}
