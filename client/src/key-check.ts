import { LatchkeyError } from './errors.js';

const AGAIN_AFTER_MS = 30_000;

/** A wrong key, and an address that is not Latchkey's. */
const REFUSED: ReadonlySet<number | null> = new Set([400, 401, 403, 404, 421]);

/**
 * A service key as a header can have it; undefined where there is none, as in a variable that is empty.
 *
 * @throws TypeError for what is in no `SERVICE_KEYS` (`src/config/service-keys.ts`)
 */
export function checkedKey(key: string | undefined): string | undefined {
  if (!key) return undefined;
  if (/^[\x21-\x7e]{32,}$/.test(key)) return key;
  throw new TypeError(
    'serviceKey has to be a secret of SERVICE_KEYS, without its name: 32 characters or more, and no blanks.',
  );
}

/**
 * Whether the key is right, for visitors about whom nobody is asked: they would be signed out for ever with a wrong one.
 * Once it is known to be right it is not asked again; where it is wrong or cannot be known, in half a minute.
 *
 * @param ask asks the service anything with the key
 * @returns what rejects while the key is wrong
 */
export function keyCheck(ask: () => Promise<unknown>): () => Promise<void> {
  let checked: Promise<void> | undefined;
  let again = Infinity;

  async function check(): Promise<void> {
    again = Infinity;
    try {
      await ask();
    } catch (error) {
      again = Date.now() + AGAIN_AFTER_MS;
      // While the service is away or busy nothing is known of the key, and the visitor is nobody's all the same.
      if (error instanceof LatchkeyError && REFUSED.has(error.status)) throw error;
    }
  }

  return () => {
    if (checked === undefined || Date.now() >= again) checked = check();
    return checked;
  };
}
