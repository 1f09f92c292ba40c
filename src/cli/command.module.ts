import { type DynamicModule, Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import type { Config } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { UsersModule } from '../users/users.module.js';

/** What commands need: accounts and sessions, nothing that listens or runs periodically. */
@Module({})
export class CommandModule {
  static register(config: Config): DynamicModule {
    return {
      module: CommandModule,
      imports: [
        ConfigModule.register(config),
        TelemetryModule,
        DatabaseModule,
        ActivityModule,
        SessionsModule,
        UsersModule,
      ],
    };
  }
}
