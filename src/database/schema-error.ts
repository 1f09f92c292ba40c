/** The database's schema and the code do not fit together. The message says what to do about it. */
export class SchemaError extends Error {
  /** The database knows migrations that the code does not: it was migrated by a newer version. */
  static newer(unknown: readonly string[]): SchemaError {
    return new SchemaError(
      `The database was migrated by a newer version of Latchkey: this one does not know ${named(unknown)}. Deploy that version or a newer one, or restore a backup that is older than it.`,
    );
  }

  /** The code knows migrations that the database has not had. */
  static pending(pending: readonly string[]): SchemaError {
    return new SchemaError(
      `The database has not been migrated to this version of Latchkey, which needs ${named(pending)}. Run latchkey migrate, then try again.`,
    );
  }

  /** A migration came to nothing, and so did those that were to be done with it. */
  static failed(migration: string, cause: unknown): SchemaError {
    return new SchemaError(
      `The migration ${migration} failed; the database is as it was before it. Correct what stood in its way, then try again.`,
      { cause },
    );
  }

  /** The user of DATABASE_URL has no schema in which it may make tables. */
  static noSchema(cause: unknown): SchemaError {
    return new SchemaError(
      'The database cannot be migrated: its user may not make tables there. Make it the owner of the database, or give it a schema of its own that is first in its search_path.',
      { cause },
    );
  }
}

function named(migrations: readonly string[]): string {
  const [last = ''] = migrations.slice(-1);
  if (migrations.length === 1) return `the migration ${last}`;
  return `the migrations ${migrations.slice(0, -1).join(', ')} and ${last}`;
}
