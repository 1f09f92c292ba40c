import { Injectable } from '@nestjs/common';
import { withDeadline } from '../common/deadline.js';
import { Metrics } from '../telemetry/metrics.js';
import { SessionsRepository } from './sessions.repository.js';

const DEADLINE_MS = 2000;
/** Counting reads every session: more frequent scrapes get the last count. */
const LIFETIME_MS = 10_000;

/** A gauge of live sessions, over all instances: they share the store. */
@Injectable()
export class SessionMetrics {
  private last: { count: number; at: number } | undefined;
  private counting: Promise<number> | undefined;

  constructor(
    private readonly sessions: SessionsRepository,
    metrics: Metrics,
  ) {
    metrics.addGauge(
      'latchkey_sessions_active',
      'Sessions that have not expired or ended, in the whole store; absent while it cannot be asked.',
      () => this.count(),
    );
  }

  private async count(): Promise<number | null> {
    if (this.last !== undefined && Date.now() - this.last.at < LIFETIME_MS) return this.last.count;
    this.counting ??= this.ask().finally(() => {
      this.counting = undefined;
    });
    try {
      return await withDeadline(this.counting, DEADLINE_MS, 'The sessions were not counted.');
    } catch {
      return null;
    }
  }

  private async ask(): Promise<number> {
    const at = Date.now();
    const count = await this.sessions.count();
    this.last = { count, at };
    return count;
  }
}
