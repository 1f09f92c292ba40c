import { Inject, Injectable } from '@nestjs/common';
import { withDeadline } from '../common/deadline.js';
import { Lifecycle } from '../common/lifecycle.js';
import { Database } from '../database/database.js';
import { schemaState } from '../database/schema-state.js';
import { Metrics } from '../telemetry/metrics.js';

/** The deadline of each check. A frozen database would otherwise block it for as long as the driver waits. */
const DEADLINE_MS = 2000;

/** The readiness checks: named in the details of `/health/ready`, and labels of the metric `latchkey_check_up`. */
export const checkNames = ['database', 'migrations', 'lifecycle'] as const;

export interface Check {
  name: (typeof checkNames)[number];
  status: 'ok' | 'failed';
  reason?: string;
  durationMs: number;
}

/** Readiness: the database answers in time, its schema is up to date, and the service is not shutting down. */
@Injectable()
export class Readiness {
  /** Shared by concurrent probes, which would otherwise use up the connection pool. */
  private pinging: Promise<void> | undefined;
  private comparing: Promise<string> | undefined;
  private schema: string | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** The database's last migration; null until the schema is known to be current. */
  get schemaVersion(): string | null {
    return this.schema;
  }

  /** Runs all checks, each with a deadline. Never throws. */
  checks(): Promise<Check[]> {
    return Promise.all([
      timed('database', () => this.ping()),
      timed('migrations', () => this.compareSchema()),
      timed('lifecycle', () => this.notStopping()),
    ]);
  }

  private async ping(): Promise<void> {
    this.pinging ??= this.database.ping().finally(() => {
      this.pinging = undefined;
    });
    await withinDeadline(this.pinging);
  }

  /** Not repeated once the schema is current: a newer version may migrate it later, and this one still works. */
  private async compareSchema(): Promise<void> {
    if (this.schema !== null) return;
    this.comparing ??= this.currentSchema().finally(() => {
      this.comparing = undefined;
    });
    this.schema = await withinDeadline(this.comparing);
  }

  private async currentSchema(): Promise<string> {
    const { applied, pending, unknown } = await schemaState(this.database);
    if (pending.length > 0) throw new Error(`Not applied: ${pending.join(', ')}.`);
    if (unknown.length > 0) {
      throw new Error(`Applied by a newer version of the service: ${unknown.join(', ')}.`);
    }
    return applied.at(-1) ?? 'none';
  }

  private async notStopping(): Promise<void> {
    if (this.lifecycle.isStopping) throw new Error('The service is shutting down.');
  }
}

function withinDeadline<T>(work: Promise<T>): Promise<T> {
  return withDeadline(work, DEADLINE_MS, `The database did not answer within ${DEADLINE_MS} ms.`);
}

async function timed(name: Check['name'], check: () => Promise<void>): Promise<Check> {
  const began = performance.now();
  const done = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    await check();
    return { name, status: 'ok', durationMs: done() };
  } catch (error) {
    return { name, status: 'failed', reason: reasonOf(error), durationMs: done() };
  }
}

/** The innermost message: drivers name hosts and ports at most, and only the operator reads it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

@Injectable()
export class ReadinessMetrics {
  constructor(metrics: Metrics, readiness: Readiness) {
    metrics.addLabelledGauge(
      'latchkey_check_up',
      'Whether a readiness check passes (1) or not (0): database, migrations, lifecycle.',
      'check',
      async () =>
        new Map(
          (await readiness.checks()).map(({ name, status }) => [name, status === 'ok' ? 1 : 0]),
        ),
    );
  }
}
