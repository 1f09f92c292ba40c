import { Inject, Injectable } from '@nestjs/common';
import { withDeadline } from '../common/deadline.js';
import { Lifecycle } from '../common/lifecycle.js';
import { Database } from '../database/database.js';
import { schemaState } from '../database/schema-state.js';

/** How long the database may take to answer. One that is frozen would keep us for as long as its driver waits. */
const DEADLINE_MS = 2000;

/** What readiness is made of: each is named in the details of `/health/ready`, and labels the metric `latchkey_check_up`. */
export const checkNames = ['database', 'migrations', 'lifecycle'] as const;

/** One thing that has to be so for the service to do its work. */
export interface Check {
  name: (typeof checkNames)[number];
  status: 'ok' | 'failed';
  /** Why it failed, for the operator. */
  reason?: string;
  durationMs: number;
}

/** Whether the service can do its work: the database answers in time, its schema is this version's, and no stop is under way. */
@Injectable()
export class Readiness {
  /** Shared by those who ask while the database has not answered: they would otherwise use up its connections. */
  private pinging: Promise<void> | undefined;
  private comparing: Promise<string> | undefined;
  private schema: string | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly lifecycle: Lifecycle,
  ) {}

  /** The last migration of the database, once it is known to be the one that this version needs. */
  get schemaVersion(): string | null {
    return this.schema;
  }

  /** Looks at everything, each within a deadline. Never throws. */
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
    await inTime(this.pinging);
  }

  /** Asked until the schema is seen to be current: a newer version may migrate it later, and we still work with it. */
  private async compareSchema(): Promise<void> {
    if (this.schema !== null) return;
    this.comparing ??= this.currentSchema().finally(() => {
      this.comparing = undefined;
    });
    this.schema = await inTime(this.comparing);
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

function inTime<T>(work: Promise<T>): Promise<T> {
  return withDeadline(work, DEADLINE_MS, `The database did not answer within ${DEADLINE_MS} ms.`);
}

async function timed(name: Check['name'], look: () => Promise<void>): Promise<Check> {
  const began = performance.now();
  const done = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    await look();
    return { name, status: 'ok', durationMs: done() };
  } catch (error) {
    return { name, status: 'failed', reason: reasonOf(error), durationMs: done() };
  }
}

/** The innermost message: what a driver says names hosts and ports at most, and only the operator reads it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
