import {
  type Compilable,
  type CompiledQuery,
  type DialectAdapter,
  type Kysely,
  PostgresAdapter,
} from 'kysely';
import type { Schema } from './schema.js';

/** For the few statements that differ between PostgreSQL and SQLite. */
export function isPostgres(db: { getExecutor(): { adapter: DialectAdapter } }): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

class Placeholder {
  constructor(readonly name: string) {}
}

const placeholders: object = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });

/**
 * What a change must survive: a power cut, or only the end of the process. Only the embedded database distinguishes
 * them.
 */
export type Durability = 'power-cut' | 'process';

export interface PreparedStatement<R> extends CompiledQuery<R> {
  readonly durability: Durability;
}

/**
 * A query that is built and compiled once per dialect and run with different parameters: compiling takes Kysely longer
 * than SQLite takes to run it.
 */
export class PreparedQuery<P extends object, R> {
  private sqlite: CompiledQuery<R> | undefined;
  private postgres: CompiledQuery<R> | undefined;

  /**
   * @param build must pass each parameter to Kysely as it is, without reading it: it is a placeholder
   * @param durability what a change by it must survive
   */
  constructor(
    private readonly build: (db: Kysely<Schema>, parameters: P) => Compilable<R>,
    private readonly durability: Durability = 'power-cut',
  ) {}

  async rows(db: Kysely<Schema>, parameters: P): Promise<R[]> {
    return (await db.executeQuery<R>(this.with(db, parameters))).rows;
  }

  async first(db: Kysely<Schema>, parameters: P): Promise<R | undefined> {
    return (await db.executeQuery<R>(this.with(db, parameters))).rows[0];
  }

  async changes(db: Kysely<Schema>, parameters: P): Promise<number> {
    return Number((await db.executeQuery(this.with(db, parameters))).numAffectedRows ?? 0n);
  }

  private with(db: Kysely<Schema>, values: P): PreparedStatement<R> {
    const compiled = this.compiledFor(db);
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? values[value.name as keyof P] : value,
    );
    return { ...compiled, parameters, durability: this.durability };
  }

  private compiledFor(db: Kysely<Schema>): CompiledQuery<R> {
    const compile = () => this.build(db, placeholders as P).compile();
    if (isPostgres(db)) return (this.postgres ??= compile());
    return (this.sqlite ??= compile());
  }
}
