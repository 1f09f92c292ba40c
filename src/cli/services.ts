import { existsSync } from 'node:fs';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createCommandLog } from '../common/logging/logger.js';
import { NestLogger, StartLogger } from '../common/logging/nest-logger.js';
import type { Config } from '../config/config.js';
import { keptSecret } from '../config/kept-secret.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { CommandFailure } from './failure.js';
import { ActivityModule } from '../activity/activity.module.js';
import { ConfigModule } from '../config/config.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { SigningKeysModule } from '../tokens/signing-keys.module.js';
import { UsersModule } from '../users/users.module.js';

/** What commands need: accounts, sessions and signing keys, nothing that listens or runs periodically. */
@Module({})
export class CommandModule {
  static register(config: Config): DynamicModule {
    return {
      module: CommandModule,
      imports: [
        ConfigModule.register(config),
        TelemetryModule,
        DatabaseModule,
        RateLimitsModule,
        ActivityModule,
        SessionsModule,
        UsersModule,
        SigningKeysModule,
      ],
    };
  }
}

/**
 * Starts the service's own providers without HTTP: a command runs the same code as the API. The log goes to standard
 * error. The caller closes them.
 *
 * @throws ConfigError; SchemaError when the database does not have this version's schema: a command does not migrate it;
 *   AppError `store_unavailable`
 */
export async function openServices(environment: Environment): Promise<INestApplicationContext> {
  // Before a secret is kept beside a database that is not there.
  requireDatabaseFile(loadConfig(environment));
  const config: Config = { ...loadConfig(environment, keptSecret), migrateAtStart: false };
  const log = createCommandLog(config.logLevel);
  const services = await NestFactory.createApplicationContext(CommandModule.register(config), {
    logger: new StartLogger(log),
    abortOnError: false,
  });
  services.useLogger(new NestLogger(log));
  return services;
}

/** Opening a mistyped path would create an empty database. */
function requireDatabaseFile({ database }: Config): void {
  if (database.kind === 'file' && !existsSync(database.file)) {
    throw new CommandFailure(
      `There is no database at ${database.file}. Set DATABASE_URL, or run the command where the service runs.`,
    );
  }
}
