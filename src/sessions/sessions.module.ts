import {
  Inject,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  RequestMethod,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { RecentSignInGuard } from './recent-sign-in.guard.js';
import { resignMiddleware, sessionMiddleware } from './session.middleware.js';
import { SessionMetrics } from './session-metrics.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Sessions are mounted only on the routes that need one: a health check or a document costs no session work. */
@Module({
  controllers: [SessionsController],
  providers: [SessionStore, SessionsRepository, SessionsService, RecentSignInGuard, SessionMetrics],
  exports: [SessionsRepository, SessionsService, RecentSignInGuard],
})
export class SessionsModule implements NestModule {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SessionStore,
  ) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(sessionMiddleware(this.config, this.store), resignMiddleware(this.config))
      .forRoutes(
        { path: '/', method: RequestMethod.GET },
        'account',
        'auth/{*path}',
        'users/{*path}',
      );
  }
}
