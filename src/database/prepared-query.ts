import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** Stands in a compiled query where a value comes later. */
class Placeholder {
  constructor(readonly name: string) {}
}

/** Hands out a placeholder for each name that a query asks for. */
const placeholders: object = new Proxy(
  {},
  { get: (_target, name) => new Placeholder(String(name)) },
);

/** What a commit has to survive: a power cut, or only the end of the process. Read by the embedded database alone. */
export type Durability = 'power-cut' | 'process';

/** A compiled query with the durability that it needs. */
export interface PreparedStatement<R> extends CompiledQuery<R> {
  readonly durability: Durability;
}

/**
 * A query that is built and compiled once, and run with other values each time. Kysely takes longer to compile a query
 * than SQLite takes to answer it.
 */
export class PreparedQuery<P extends object, R> {
  private readonly compiled: CompiledQuery<R>;

  /**
   * @param build builds the query; it may hand its parameters on to Kysely, and not look at them
   * @param durability what a change by it has to survive
   */
  constructor(
    db: Kysely<Schema>,
    build: (db: Kysely<Schema>, parameters: P) => Compilable<R>,
    private readonly durability: Durability = 'power-cut',
  ) {
    this.compiled = build(db, placeholders as P).compile();
  }

  /** Runs it. Returns its rows. */
  async rows(db: Kysely<Schema>, parameters: P): Promise<R[]> {
    return (await db.executeQuery<R>(this.with(parameters))).rows;
  }

  /** Runs it. Returns its first row. */
  async first(db: Kysely<Schema>, parameters: P): Promise<R | undefined> {
    return (await db.executeQuery<R>(this.with(parameters))).rows[0];
  }

  /** Runs it. Returns how many rows it has changed. */
  async changes(db: Kysely<Schema>, parameters: P): Promise<number> {
    return Number((await db.executeQuery<R>(this.with(parameters))).numAffectedRows ?? 0n);
  }

  private with(parameters: P): PreparedStatement<R> {
    return {
      ...this.compiled,
      parameters: this.compiled.parameters.map((value) =>
        value instanceof Placeholder ? parameters[value.name as keyof P] : value,
      ),
      durability: this.durability,
    };
  }
}
