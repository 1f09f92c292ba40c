import { hash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg';
import { AppError } from '../common/errors/app-error.js';
import { ConstraintViolation, translateStoreError } from './store-error.js';

/** The most statements that are named. The service has far fewer, except for lists of varying length. */
const MAX_NAMED = 500;

/**
 * SQLSTATE `feature_not_supported`: "cached plan must not change result type", after a migration has altered a table.
 */
const STALE_PLAN = '0A000';

/**
 * Serialization failure, deadlock. A statement outside a transaction has the default isolation of the database, where it
 * can fail beside others that touch the same rows.
 *
 * @see https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
 */
const CONFLICTS: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Names statements, so that each connection parses and plans them once. After a migration has altered a table all
 * statements are renamed, since every connection's plans are stale.
 */
class StatementNames {
  private readonly names = new Map<string, string>();
  private generation = 0;

  constructor(private readonly prepared: boolean) {}

  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || !this.prepared || this.names.size >= MAX_NAMED) return known;
    const digest = hash('sha256', text, 'base64url').slice(0, 22);
    const name = `latchkey-${this.generation}-${digest}`;
    this.names.set(text, name);
    return name;
  }

  /** @param name of a statement with a stale plan; ignored when it has been renamed already */
  forget(name: string): void {
    if (![...this.names.values()].includes(name)) return;
    this.names.clear();
    this.generation += 1;
  }
}

/**
 * Adapts a pg pool to Kysely. Errors are translated.
 *
 * @param prepared whether statements may be named
 */
export function kyselyPool(pool: Pool, prepared: boolean): PostgresPool {
  const names = new StatementNames(prepared);
  // Kysely attaches state to each connection object.
  const connections = new WeakMap<PoolClient, Connection>();
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw translateStoreError(error);
      });
      const known = connections.get(client) ?? new Connection(client, names);
      connections.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

/**
 * A connection that returns to the pool only in a known state. After a client-side timeout or a broken connection, a
 * statement may still be running or a transaction open, so the connection is closed. Nothing more is sent on it, not
 * even a rollback, which would only wait for a second timeout: the server rolls back when its client disconnects.
 */
class Connection implements PostgresPoolClient {
  private broken: Error | null = null;
  private inTransaction = false;

  constructor(
    private readonly client: PoolClient,
    private readonly names: StatementNames,
  ) {}

  // Kysely's other use, cursors, does not occur.
  query = (async (text: string, parameters: readonly unknown[]) => {
    if (/^(?:begin|start transaction)\b/.test(text)) this.inTransaction = true;
    const { inTransaction } = this;
    if (/^(?:commit|rollback)$/.test(text)) this.inTransaction = false;
    return await this.run(text, [...(parameters ?? [])], inTransaction);
  }) as unknown as PostgresPoolClient['query'];

  release(): void {
    this.inTransaction = false;
    this.client.release(this.broken !== null);
  }

  private async run(
    text: string,
    values: unknown[],
    inTransaction: boolean,
    mayRetry = !inTransaction,
  ): Promise<QueryResult> {
    if (this.broken !== null) throw translateStoreError(this.broken);
    // Without parameters pg uses the simple protocol: one message instead of five.
    const name = values.length === 0 ? undefined : this.names.of(text);
    try {
      return await this.client.query({ text, values, ...(name !== undefined && { name }) });
    } catch (error) {
      if (name !== undefined && codeOf(error) === STALE_PLAN) {
        this.names.forget(name);
        // The statement had no effect, so it can be retried. Within a transaction, which is aborted, the caller must
        // retry the whole.
        if (inTransaction) throw new ConstraintViolation('conflict', error as Error);
        return await this.run(text, values, false);
      }
      if (!inTransaction && CONFLICTS.has(codeOf(error))) {
        if (mayRetry) return await this.run(text, values, false, false);
        throw new AppError('store_unavailable', { cause: error });
      }
      if (!isServerResponse(error)) this.broken = error as Error;
      throw translateStoreError(error);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof DatabaseError ? (error.code ?? '') : '';
}

/** Whether an error is the server's response to a statement, which leaves the connection usable. */
function isServerResponse(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(?:08|25|57|58|XX)/.test(codeOf(error));
}
