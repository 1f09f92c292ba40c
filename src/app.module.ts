import {
  type DynamicModule,
  Inject,
  type MiddlewareConsumer,
  Module,
  type NestModule,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe } from '@nestjs/common';
import { noStore } from './common/no-store.js';
import { LoggerModule } from 'nestjs-pino';
import { AuthModule } from './auth/auth.module.js';
import { bodyParser } from './common/body.js';
import { crossSiteCheck } from './common/cross-site.js';
import { loggingOptions } from './common/logging.js';
import { ProblemFilter } from './common/problem.filter.js';
import { rateLimitMiddleware } from './common/rate-limit.js';
import { CONFIG, type Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { PagesModule } from './pages/pages.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { UsersModule } from './users/users.module.js';

/** The map of the service. What is listed first sees a request first. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: StandardSchemaValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
  ],
})
export class AppModule implements NestModule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        LoggerModule.forRoot(
          loggingOptions({
            level: config.logLevel,
            pretty: !config.production,
            trustProxy: config.trustProxy !== false,
          }),
        ),
        DatabaseModule,
        HealthModule,
        SessionsModule,
        UsersModule,
        AuthModule.register(config),
        ...(config.pages ? [PagesModule] : []),
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    const { publicUrl, allowedOrigins, rateLimits } = this.config;
    consumer.apply(noStore).forRoutes('{*path}');
    consumer
      .apply(
        rateLimitMiddleware(rateLimits.all),
        crossSiteCheck([publicUrl.origin, ...allowedOrigins]),
        bodyParser,
      )
      .exclude('health/{*path}')
      .forRoutes('{*path}');
  }
}
