import { hash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg';
import { ConstraintViolation, translateStoreError } from './store-error.js';

/** How many different statements are named. What the service asks is far fewer; lists of varying length are not counted on. */
const MAX_NAMED = 500;

/** SQLSTATE `feature_not_supported`: what a named statement meets when a migration has changed a table under it. */
const STALE_PLAN = '0A000';

/**
 * Names statements, so that each connection parses and plans them once. After a migration has changed a table all of them
 * get new names: every connection's plans are then out of date.
 */
class StatementNames {
  private readonly names = new Map<string, string>();
  private generation = 0;

  /** @param prepared whether statements may be named */
  constructor(private readonly prepared: boolean) {}

  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || !this.prepared || this.names.size >= MAX_NAMED) return known;
    const digest = hash('sha256', text, 'base64url').slice(0, 22);
    const name = `latchkey-${this.generation}-${digest}`;
    this.names.set(text, name);
    return name;
  }

  /** @param name of a statement whose plan did not fit; it may be known already that none does */
  forget(name: string): void {
    if (![...this.names.values()].includes(name)) return;
    this.names.clear();
    this.generation += 1;
  }
}

/**
 * Runs Kysely's statements on a pool of connections. What it throws has been translated.
 *
 * @param prepared whether statements may be named
 */
export function kyselyPool(pool: Pool, prepared: boolean): PostgresPool {
  const names = new StatementNames(prepared);
  // Kysely keeps what it knows of each.
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
 * A connection that goes back to the pool only when it is known what state it is in. After a deadline of ours, or a
 * broken connection, a statement may still be running on it, or a transaction open: such a one is closed. It is asked for
 * nothing more, a roll-back included, which would only wait for a second deadline: the server rolls back what loses its
 * client.
 */
class Connection implements PostgresPoolClient {
  /** What broke it. */
  private broken: Error | null = null;
  private inTransaction = false;

  constructor(
    private readonly client: PoolClient,
    private readonly names: StatementNames,
  ) {}

  // Cursors, the other thing that Kysely could ask for, are not used.
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

  private async run(text: string, values: unknown[], inTransaction: boolean): Promise<QueryResult> {
    if (this.broken !== null) throw translateStoreError(this.broken);
    // Without parameters pg asks in one message instead of five.
    const name = values.length === 0 ? undefined : this.names.of(text);
    try {
      return await this.client.query({ text, values, ...(name !== undefined && { name }) });
    } catch (error) {
      if (name !== undefined && codeOf(error) === STALE_PLAN) {
        this.names.forget(name);
        // It has done nothing yet. A transaction has ended by it, and is begun anew by whoever began it.
        if (inTransaction) throw new ConstraintViolation('conflict', error as Error);
        return await this.run(text, values, false);
      }
      if (!isAnswer(error)) this.broken = error as Error;
      throw translateStoreError(error);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof DatabaseError ? (error.code ?? '') : '';
}

/** Whether an error is the server's answer to a statement, and the connection as usable as before. */
function isAnswer(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(?:08|25|57|58|XX)/.test(codeOf(error));
}
