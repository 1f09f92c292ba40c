/** The database's schema does not match the code's. The message says how to fix it. */
export class SchemaError extends Error {
  static newer(unknown: readonly string[]): SchemaError {
    return new SchemaError(
      `The database was migrated by a newer version of Latchkey: this one does not know ${listed(unknown)}. Deploy that version or a newer one, or restore a backup that is older than it.`,
    );
  }

  static pending(pending: readonly string[]): SchemaError {
    return new SchemaError(
      `The database has not been migrated to this version of Latchkey, which needs ${listed(pending)}. Run latchkey migrate, then try again.`,
    );
  }

  /** A migration failed and was rolled back, with all others of the same run. */
  static failed(migration: string, cause: unknown): SchemaError {
    return new SchemaError(
      `The migration ${migration} failed; the database is as it was before it. Correct what stood in its way, then try again.`,
      { cause },
    );
  }

  /** The user of DATABASE_URL may not create tables in any schema. */
  static noSchema(cause: unknown): SchemaError {
    return new SchemaError(
      'The database cannot be migrated: its user may not make tables there. Make it the owner of the database, or give it a schema of its own that is first in its search_path.',
      { cause },
    );
  }
}

function listed(migrations: readonly string[]): string {
  const [last = ''] = migrations.slice(-1);
  if (migrations.length === 1) return `the migration ${last}`;
  return `the migrations ${migrations.slice(0, -1).join(', ')} and ${last}`;
}
