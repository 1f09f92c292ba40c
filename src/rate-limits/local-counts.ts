interface Count {
  requests: number;
  /** By the process's own clock: one that is set back must lock nobody out. */
  windowEndsAt: number;
}

/** Counts in this process, exactly: for the embedded database, which has one instance. */
export class LocalCounts {
  private readonly counts = new Map<string, Count>();
  private sweepAt = 0;

  constructor(
    private readonly max: number,
    private readonly windowMs: number,
  ) {}

  /** Counts one more. Returns the milliseconds until the next is allowed; 0 when this one is. */
  consume(key: string): number {
    const now = performance.now();
    let count = this.counts.get(key);
    if (count === undefined || now >= count.windowEndsAt) {
      this.sweep(now);
      count = { requests: 0, windowEndsAt: now + this.windowMs };
      this.counts.set(key, count);
    }
    if (count.requests >= this.max) return count.windowEndsAt - now;
    count.requests += 1;
    return 0;
  }

  private sweep(now: number): void {
    if (now < this.sweepAt) return;
    this.sweepAt = now + this.windowMs;
    for (const [key, { windowEndsAt }] of this.counts) {
      if (windowEndsAt <= now) this.counts.delete(key);
    }
  }
}
