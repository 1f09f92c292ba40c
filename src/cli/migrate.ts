import { type Environment, loadConfig } from '../config/load-config.js';
import { openDatabase } from '../database/database.js';
import { migrateStore } from '../database/migrate.js';
import { WAITING } from '../database/migration-lock.js';
import { requireCurrent, schemaState } from '../database/schema-state.js';
import { note, type OutputOptions, printJson, printLines } from './output.js';

/** The options of `latchkey migrate`. */
export interface MigrateOptions extends OutputOptions {
  check?: boolean;
}

/** `latchkey migrate`: brings the database to this version's schema, or with `--check` says whether it has it. */
export function migrate(environment: Environment, options: MigrateOptions): Promise<void> {
  return options.check === true ? check(environment, options) : run(environment, options);
}

async function run(environment: Environment, { json }: OutputOptions): Promise<void> {
  const { database } = loadConfig(environment);
  const migrated = await migrateStore(database, noteBroken, noteWaiting);
  if (json === true) return printJson({ migrated });
  printLines(migrated.map((name) => `Done: ${name}`));
  printLines(['The database is up to date.']);
}

async function check(environment: Environment, { json }: OutputOptions): Promise<void> {
  const config = loadConfig(environment);
  const database = openDatabase(config.database, noteBroken);
  try {
    const state = await schemaState(database);
    if (json === true) printJson(state);
    requireCurrent(state);
    if (json !== true) printLines(['The database is up to date.']);
  } finally {
    await database.destroy();
  }
}

function noteBroken(error: Error): void {
  note(`A database connection broke: ${error.message}`);
}

function noteWaiting(): void {
  note(WAITING);
}
