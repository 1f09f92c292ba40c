import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Database, openDatabase } from './database.js';
import { migrate } from './migrate.js';

const logger = new Logger('Database');

/** Opens the store, migrates it before anything else starts, and closes it last. */
@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [CONFIG],
      useFactory: async (config: Config): Promise<Database> => {
        const database = openDatabase(config.database, (error) =>
          logger.warn('A database connection broke.', error),
        );
        await migrate(database);
        await database.ping();
        return database;
      },
    },
  ],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}
