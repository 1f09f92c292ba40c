import type { Command } from 'commander';
import { type Environment, loadConfig } from '../config/load-config.js';
import { openDatabase } from '../database/database.js';
import { migrateStore } from '../database/migrate.js';
import { SchemaError } from '../database/schema-error.js';
import { schemaState } from '../database/schema-state.js';
import { note, type OutputOptions, printJson, printLines } from './output.js';

interface MigrateOptions extends OutputOptions {
  check?: boolean;
}

/** `latchkey migrate`: brings the database to this version's schema, or with `--check` says whether it has it. */
export function addMigrate(program: Command, environment: Environment): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .option('--check', 'change nothing; exit with 1 when something is to be done')
    .option('--json', 'print one JSON document')
    .action((options: MigrateOptions) =>
      options.check === true ? check(environment, options) : run(environment, options),
    );
}

async function run(environment: Environment, { json }: OutputOptions): Promise<void> {
  const { database } = loadConfig(environment);
  const migrated = await migrateStore(database, noteBroken);
  if (json === true) return printJson({ migrated });
  printLines(migrated.map((name) => `Done: ${name}`));
  printLines(['The database is up to date.']);
}

async function check(environment: Environment, { json }: OutputOptions): Promise<void> {
  const config = loadConfig(environment);
  const database = openDatabase(config.database, noteBroken);
  try {
    const { applied, pending, unknown } = await schemaState(database);
    if (json === true) printJson({ applied, pending, unknown });
    if (unknown.length > 0) throw SchemaError.newer(unknown);
    if (pending.length > 0) throw SchemaError.pending(pending);
    if (json !== true) printLines(['The database is up to date.']);
  } finally {
    await database.destroy();
  }
}

function noteBroken(error: Error): void {
  note(`A database connection broke: ${error.message}`);
}
