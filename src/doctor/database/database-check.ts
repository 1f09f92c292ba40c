import { type Kysely, sql } from 'kysely';
import type { FileConfig, PostgresConfig } from '../../config/config.js';
import { type Database, openDatabase } from '../../database/database.js';
import type { Schema } from '../../database/schema.js';
import { type SchemaState, schemaState } from '../../database/schema-state.js';
import type { Check } from '../check.js';
import { type Judgement, ok } from '../finding.js';
import { fileState, judgeFile } from './file-state.js';
import { judgeSchema } from './judge-schema.js';
import { judgeCreating, judgePostgres, postgresState } from './postgres-state.js';
import { judgeStoreFailure } from './store-failure.js';
import { judgeTables, tableStates } from './table-state.js';

/** The database: whether it can be used, what it is, and whether its schema fits. Nothing of it is changed. */
export const database: Check = {
  name: 'database',
  needs: [
    'DATABASE_URL',
    'DATABASE_POOL_SIZE',
    'DATABASE_CONNECT_TIMEOUT_MS',
    'DATABASE_STATEMENT_TIMEOUT_MS',
  ],
  asksOthers: false,
  look: ({ config }) =>
    config.database.kind === 'file'
      ? lookAtFile(config.database, config.migrateAtStart)
      : lookAtServer(config.database, config.migrateAtStart),
};

async function lookAtFile(config: FileConfig, migratesAtStart: boolean): Promise<Judgement[]> {
  const state = await fileState(config.file);
  const found = judgeFile(state);
  if (!state.exists || state.refusal !== null) return found;
  const read = await reading(config, async (db) => {
    await db.connection().execute(takeLock);
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
    return [
      ok(`SQLite ${rows[0]?.version ?? 'of an unknown version'}.`),
      await judgeSchemaOf(db, await schemaState(db), migratesAtStart),
    ];
  });
  return [...found, ...read];
}

/** Takes the one lock for writing and gives it back. Throws `store_unavailable` when another program holds it. */
async function takeLock(connection: Kysely<Schema>): Promise<void> {
  await sql`begin immediate`.execute(connection);
  await sql`rollback`.execute(connection);
}

function lookAtServer(config: PostgresConfig, migratesAtStart: boolean): Promise<Judgement[]> {
  return reading(config, async (db) => {
    const server = await postgresState(db);
    const schema = await schemaState(db);
    const cannotCreate = schema.pending.length > 0 ? judgeCreating(server) : null;
    return [
      ...judgePostgres(config, server),
      cannotCreate ?? (await judgeSchemaOf(db, schema, migratesAtStart)),
    ];
  });
}

async function judgeSchemaOf(
  db: Database,
  state: SchemaState,
  migratesAtStart: boolean,
): Promise<Judgement> {
  const found = judgeTables(state, await tableStates(db));
  if (found !== null) return found;
  const tables = state.applied.length > 0 ? [] : await db.introspection.getTables();
  return judgeSchema(
    state,
    tables.map(({ name }) => name),
    migratesAtStart,
  );
}

/** Opens the store as the service does, without migrating it, and closes it again. What it throws is a finding. */
async function reading(
  config: FileConfig | PostgresConfig,
  look: (db: Database) => Promise<Judgement[]>,
): Promise<Judgement[]> {
  const db = openDatabase(config, () => undefined);
  try {
    return await look(db);
  } catch (error) {
    return [judgeStoreFailure(config, error)];
  } finally {
    await db.destroy();
  }
}
