import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg';
import { translateStoreError } from './store-error.js';

/** A statement with its parameters; with a name the server plans it once per connection. */
export interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

/** What a library that brings statements of its own needs: the one pool. */
export interface StatementPool {
  query(statement: Statement): Promise<QueryResult>;
}

/** How many different statements are named. What the service asks is far fewer; lists of varying length are not counted on. */
const MAX_NAMED = 500;

/** SQLSTATE `feature_not_supported`: what a named statement meets when a migration has changed a table under it. */
const STALE_PLAN = '0A000';

/**
 * Runs Kysely's statements on a pool of connections. What it throws has been translated.
 *
 * Statements outside transactions are named, so that each connection parses and plans them once. In a transaction they
 * are not: another instance may migrate at any time, a plan that does not fit any more is an error, and an error ends a
 * transaction.
 *
 * @param prepared whether statements may be named
 */
export function statementsOn(pool: Pool, prepared: boolean): PostgresPool {
  const names = new Map<string, string>();
  // Kysely keeps what it knows of each.
  const connections = new WeakMap<PoolClient, Connection>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || !prepared || names.size >= MAX_NAMED) return known;
    const name = `latchkey-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    names.set(text, name);
    return name;
  };
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw translateStoreError(error);
      });
      const known = connections.get(client) ?? new Connection(client, nameOf);
      connections.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

/** The pool for statements that a library brings with it, under its names where statements may be named. */
export function foreignStatementsOn(pool: Pool, prepared: boolean): StatementPool {
  return {
    query: ({ text, values, ...named }) => pool.query({ text, values, ...(prepared && named) }),
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
  /** Whether its plans fit the schema no more. */
  private isStale = false;
  private inTransaction = false;

  constructor(
    private readonly client: PoolClient,
    private readonly nameOf: (text: string) => string | undefined,
  ) {}

  // Cursors, the other thing that Kysely could ask for, are not used.
  query = (async (text: string, parameters: readonly unknown[]) => {
    if (/^(?:begin|start transaction)\b/.test(text)) this.inTransaction = true;
    const name = this.inTransaction ? undefined : this.nameOf(text);
    if (/^(?:commit|rollback)$/.test(text)) this.inTransaction = false;
    return await this.run({ text, values: [...(parameters ?? [])], ...(name && { name }) });
  }) as unknown as PostgresPoolClient['query'];

  release(): void {
    this.inTransaction = false;
    this.client.release(this.isStale || this.broken !== null);
  }

  private async run(statement: Statement): Promise<QueryResult> {
    if (this.broken !== null) throw translateStoreError(this.broken);
    try {
      return await this.client.query(statement);
    } catch (error) {
      if (statement.name !== undefined && codeOf(error) === STALE_PLAN) {
        // It has done nothing yet. A new connection will plan everything anew; this statement is run as it is.
        this.isStale = true;
        return await this.run({ text: statement.text, values: statement.values });
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
