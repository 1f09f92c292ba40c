import { Logger } from '@nestjs/common';
import { withDeadline } from '../common/deadline.js';
import type { Queryable } from '../database/database.js';
import { incrementCounts, type Total } from './increment-counts.query.js';

/** How long allowed requests may stay uncounted in the database. */
const FLUSH_MS = 100;

/** The fraction of the remaining limit that an instance may allow before the database has counted it. */
const UNCOUNTED_FRACTION = 1 / 20;

/** Below this many the limit is counted exactly, request by request. */
const MIN_UNCOUNTED = 2;

/** How long a request waits to be counted: its own queries have deadlines too, and it should not wait for two. */
const DEADLINE_MS = 1000;

/** How long to count locally after the database has failed. */
const RETRY_MS = 5000;

const SWEEP_MS = 60_000;

interface Count {
  readonly key: string;
  readonly windowMs: number;
  /** By all instances, as of the last response from the database. */
  counted: number;
  /** Milliseconds since 1970. */
  windowEndsAt: number;
  /** Allowed or waiting, and not counted yet. */
  uncounted: number;
  next: Batch | null;
}

interface Batch {
  readonly count: Count;
  size: number;
  /** The shared count before this batch; set once it is counted. */
  before: number;
}

/**
 * Counts requests in a table shared by all instances. Only near its limit does a request wait to be counted; before
 * that it is allowed at once, and counted in a batch within a tenth of a second. An instance thus allows at most a
 * twentieth of a limit that the others have used up meanwhile.
 *
 * While the database cannot count, this process falls back to local counting: the limit then holds per instance, and no
 * request waits for an unresponsive database.
 */
export class SharedCounts {
  private readonly logger = new Logger('RateLimits');
  private readonly counts = new Map<string, Count>();
  private waiting: Batch[] = [];
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private retryAt = 0;
  private sweepAt = 0;

  constructor(private readonly database: Queryable) {}

  /**
   * Counts one request.
   *
   * @param limit the most requests per key and window
   * @param windowMs always the same for a key
   * @returns the milliseconds until the next is allowed; 0 when this one is. A promise only where it has to wait
   */
  consume(key: string, limit: number, windowMs: number): number | Promise<number> {
    const count = this.countOf(key, windowMs);
    if (count.counted >= limit) return untilEndOf(count);
    const batch = this.batchOf(count);
    const place = ++batch.size;
    count.uncounted += 1;
    if (Date.now() < this.retryAt) {
      for (const each of this.takeWaiting()) countLocally(each);
      return waitOf(batch, place, limit);
    }
    if (count.uncounted > uncountedAllowance(limit - count.counted)) {
      return this.flush().then(() => waitOf(batch, place, limit));
    }
    this.flushSoon();
    return 0;
  }

  private countOf(key: string, windowMs: number): Count {
    let count = this.counts.get(key);
    if (count === undefined) {
      count = { key, windowMs, counted: 0, windowEndsAt: 0, uncounted: 0, next: null };
      this.counts.set(key, count);
    } else if (Date.now() >= count.windowEndsAt) count.counted = 0;
    return count;
  }

  private batchOf(count: Count): Batch {
    if (count.next === null) {
      count.next = { count, size: 0, before: 0 };
      this.waiting.push(count.next);
    }
    return count.next;
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, FLUSH_MS).unref();
  }

  /** Resolves when everything queued so far is counted. One statement is in flight at a time. */
  private flush(): Promise<void> {
    this.next ??= this.running.then(() => {
      if (this.next !== null) this.running = this.next;
      this.next = null;
      return this.countTogether(this.takeWaiting());
    });
    return this.next;
  }

  private takeWaiting(): Batch[] {
    const batches = this.waiting;
    this.waiting = [];
    for (const { count } of batches) count.next = null;
    return batches;
  }

  private async countTogether(batches: readonly Batch[]): Promise<void> {
    if (batches.length === 0) return;
    try {
      const adding = incrementCounts.rows(this.database, {
        keys: batches.map(({ count }) => count.key),
        sizes: batches.map(({ size }) => size),
        windows: batches.map(({ count }) => count.windowMs),
      });
      const answers = await withDeadline(adding, DEADLINE_MS, 'It took too long.');
      const byKey = new Map(batches.map((batch) => [batch.count.key, batch]));
      for (const answer of answers) {
        const batch = byKey.get(answer.key);
        if (batch !== undefined) settle(batch, answer);
      }
    } catch (error) {
      this.logger.warn('The database cannot count requests; this instance counts alone.', error);
      this.retryAt = Date.now() + RETRY_MS;
      for (const batch of batches) countLocally(batch);
    }
    this.sweep();
  }

  private sweep(): void {
    const now = Date.now();
    if (now < this.sweepAt) return;
    this.sweepAt = now + SWEEP_MS;
    for (const [key, { windowEndsAt, uncounted }] of this.counts) {
      if (windowEndsAt <= now && uncounted === 0) this.counts.delete(key);
    }
  }
}

function countLocally(batch: Batch): void {
  const { counted, windowEndsAt, windowMs } = batch.count;
  const left = windowEndsAt - Date.now();
  const isOver = left <= 0;
  settle(batch, {
    requests: (isOver ? 0 : counted) + batch.size,
    left_ms: isOver ? windowMs : left,
  });
}

function settle(batch: Batch, { requests, left_ms }: Omit<Total, 'key'>): void {
  const { count, size } = batch;
  batch.before = requests - size;
  count.uncounted -= size;
  count.counted = requests;
  count.windowEndsAt = Date.now() + left_ms;
}

/** What a request that is counted has to wait, by its place in its batch. */
function waitOf({ before, count }: Batch, place: number, limit: number): number {
  return before + place > limit ? untilEndOf(count) : 0;
}

function untilEndOf({ windowEndsAt }: Count): number {
  return Math.max(windowEndsAt - Date.now(), 1);
}

/** How many requests of what is left of a limit may be allowed before they are counted. */
function uncountedAllowance(left: number): number {
  const allowance = Math.floor(left * UNCOUNTED_FRACTION);
  return allowance < MIN_UNCOUNTED ? 0 : allowance;
}
