import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Database, openDatabase } from './database.js';
import { migrateStore } from './migrate.js';
import { WAITING } from './migration-lock.js';
import { requireCurrentSchema } from './schema-state.js';
import { UnitOfWork } from './unit-of-work.js';

const logger = new Logger('Database');

function onIdleError(error: Error): void {
  logger.warn('A database connection broke.', error);
}

function onWait(): void {
  logger.warn(WAITING);
}

/** Opens the store, prepares its schema before anything else starts, and closes it last. */
@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [CONFIG],
      useFactory: openStore,
    },
    UnitOfWork,
  ],
  exports: [Database, UnitOfWork],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}

/** Migrates the store, or where MIGRATE_AT_START is off verifies that it has been migrated. */
async function openStore(config: Config): Promise<Database> {
  if (config.migrateAtStart) {
    const migrations = await migrateStore(config.database, onIdleError, onWait);
    if (migrations.length > 0) logger.log({ event: 'database_migrated', migrations });
  }
  const database = openDatabase(config.database, onIdleError);
  try {
    await requireCurrentSchema(database);
    await database.ping();
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
}
