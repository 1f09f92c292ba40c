import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { isPostgres } from './is-postgres.js';
import type { Schema } from './schema.js';

/** Stands in a compiled query where a value comes later. */
class Placeholder {
  constructor(readonly name: string) {}
}

/** Has a placeholder under every name. */
const placeholders: object = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });

/** What a change has to survive: a power cut, or only the end of the process. The embedded database alone looks at it. */
export type Durability = 'power-cut' | 'process';

/** A compiled query with its values. */
export interface PreparedStatement<R> extends CompiledQuery<R> {
  readonly durability: Durability;
}

/**
 * A query that is built and compiled once for each kind of database, and run with other values each time. Kysely takes
 * longer to compile a query than SQLite to answer it.
 */
export class PreparedQuery<P extends object, R> {
  private sqlite: CompiledQuery<R> | undefined;
  private postgres: CompiledQuery<R> | undefined;

  /**
   * @param build builds the query. It may hand its parameters on to Kysely one by one, and not look at them.
   * @param durability what a change by it has to survive
   */
  constructor(
    private readonly build: (db: Kysely<Schema>, parameters: P) => Compilable<R>,
    private readonly durability: Durability = 'power-cut',
  ) {}

  /** Runs it. Returns its rows. */
  async rows(db: Kysely<Schema>, parameters: P): Promise<R[]> {
    return (await db.executeQuery<R>(this.with(db, parameters))).rows;
  }

  /** Runs it. Returns its first row. */
  async first(db: Kysely<Schema>, parameters: P): Promise<R | undefined> {
    return (await db.executeQuery<R>(this.with(db, parameters))).rows[0];
  }

  /** Runs it. Returns how many rows it has changed. */
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
