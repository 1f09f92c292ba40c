import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ActivityModule } from './activity/activity.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CleanupModule } from './cleanup/cleanup.module.js';
import { AppError } from './common/errors/app-error.js';
import { LifecycleModule } from './common/lifecycle.js';
import { ProblemFilter } from './common/errors/problem.filter.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { ManagementModule } from './management/management.module.js';
import { HandoverPagesModule } from './pages/handover-pages.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PlainPagesModule } from './pages/plain-pages.module.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UsersModule } from './users/users.module.js';
import { VerifyModule } from './verify/verify.module.js';

/** Says which parameter is wrong and what it needs; what was sent is not repeated. */
const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new AppError('bad_request', {
      detail: issues
        .map(({ path = [], message }) => [...path.map(String), message].join(': '))
        .join('; ')
        .concat('. What belongs where stands in /openapi.json.'),
    }),
});

@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: validationPipe },
  ],
})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        LifecycleModule,
        TelemetryModule,
        DatabaseModule,
        RateLimitsModule,
        CleanupModule,
        ActivityModule,
        HealthModule,
        SessionsModule,
        UsersModule,
        TokensModule,
        // Before it, since `/auth/verify` would match `/auth/:provider`.
        VerifyModule,
        AuthModule.register(config),
        ...(config.management === null ? [] : [ManagementModule]),
        HandoverPagesModule,
        config.pages ? PagesModule : PlainPagesModule,
      ],
    };
  }
}
