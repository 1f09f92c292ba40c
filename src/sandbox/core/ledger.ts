/** Outcome of presenting something that may be used once. */
export type Spent<T> =
  { state: 'ok'; value: T } | { state: 'unknown' } | { state: 'used' } | { state: 'expired' };

/** Codes, tokens and open pages: looked up by an unguessable key, for a limited time, in limited number. */
export interface Ledger<T> {
  issue(value: T): string;
  /** The value, when it is still good. */
  peek(key: string): T | undefined;
  /** Takes it: the second time it is 'used'. */
  spend(key: string): Spent<T>;
  clear(): void;
}

export interface LedgerOptions<T> {
  lifetimeMs: number;
  newKey: (value: T) => string;
  max?: number;
  now?: () => number;
}

export type OpenLedger = <T>(options: LedgerOptions<T>) => Ledger<T>;

interface Entry<T> {
  value: T;
  expiresAt: number;
  used: boolean;
}

/**
 * A ledger in memory.
 * @param options `lifetimeMs` from issue to expiry; `newKey` has to be unguessable; beyond `max` entries (10,000 unless given)
 * the oldest is forgotten; `now` in milliseconds is for specs
 */
export function createLedger<T>(options: LedgerOptions<T>): Ledger<T> {
  const { lifetimeMs, newKey, max = 10_000, now = Date.now } = options;
  const entries = new Map<string, Entry<T>>();

  const find = (key: string): Spent<T> => {
    const entry = entries.get(key);
    if (!entry) return { state: 'unknown' };
    if (entry.used) return { state: 'used' };
    return entry.expiresAt > now() ? { state: 'ok', value: entry.value } : { state: 'expired' };
  };

  return {
    issue(value) {
      // A Map keeps insertion order, so the first key is the oldest.
      for (const oldest of entries.keys()) {
        if (entries.size < max) break;
        entries.delete(oldest);
      }
      const key = newKey(value);
      entries.set(key, { value, expiresAt: now() + lifetimeMs, used: false });
      return key;
    },
    peek(key) {
      const found = find(key);
      return found.state === 'ok' ? found.value : undefined;
    },
    spend(key) {
      const found = find(key);
      const entry = entries.get(key);
      if (entry) entry.used = true;
      return found;
    },
    clear: () => entries.clear(),
  };
}
