import { Module } from '@nestjs/common';
import { ActiveSessions } from './active-sessions.js';
import { RequestLimits } from './request-limits.js';
import { RecentSignInGuard } from './session.guards.js';
import { SessionMetrics } from './session-metrics.js';
import { SessionReader } from './session-reader.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Who is signed in, where, and until when. */
@Module({
  controllers: [SessionsController],
  providers: [
    ActiveSessions,
    SessionStore,
    SessionReader,
    SessionsRepository,
    SessionsService,
    RequestLimits,
    RecentSignInGuard,
    SessionMetrics,
  ],
  exports: [
    SessionStore,
    SessionReader,
    SessionsRepository,
    SessionsService,
    RequestLimits,
    RecentSignInGuard,
  ],
})
export class SessionsModule {}
