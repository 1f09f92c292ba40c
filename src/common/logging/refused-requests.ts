import { addressKey } from '../http/address-key.js';

const WINDOW_MS = 60_000;

interface Refusals {
  count: number;
  /** The count that is logged next. */
  loggedNext: number;
}

/**
 * Which refused requests get their line in the log: of an address, in a minute, the first, the tenth, the hundredth, and
 * so on. A flood fills no disk, and its size is told.
 */
export class RefusedRequests {
  private byAddress = new Map<string, Refusals>();
  private windowEndsAt = 0;

  /** Counts a refused request. Returns how many of its address it is in this minute; null when it gets no line. */
  count(address: string): number | null {
    const now = performance.now();
    if (now >= this.windowEndsAt) {
      this.windowEndsAt = now + WINDOW_MS;
      this.byAddress = new Map();
    }
    const key = addressKey(address);
    let refusals = this.byAddress.get(key);
    if (refusals === undefined) {
      refusals = { count: 0, loggedNext: 1 };
      this.byAddress.set(key, refusals);
    }
    refusals.count += 1;
    if (refusals.count < refusals.loggedNext) return null;
    refusals.loggedNext *= 10;
    return refusals.count;
  }
}
