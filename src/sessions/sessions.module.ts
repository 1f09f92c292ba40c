import { Module } from '@nestjs/common';
import { ActiveSessions } from './active-sessions.js';
import { BearerSessions } from './bearer-sessions.service.js';
import { EndingsLimit } from './endings-limit.js';
import { ProofsRepository } from './proofs.repository.js';
import { RecentStepUps } from './recent-step-ups.js';
import { RequestLimits } from './request-limits.js';
import { SessionMetrics } from './session-metrics.js';
import { SessionReader } from './session-reader.js';
import { SessionStarts } from './session-starts.service.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Who is signed in, where, and until when. */
@Module({
  controllers: [SessionsController],
  providers: [
    ActiveSessions,
    BearerSessions,
    EndingsLimit,
    SessionStarts,
    SessionStore,
    SessionReader,
    SessionsRepository,
    SessionsService,
    ProofsRepository,
    RecentStepUps,
    RequestLimits,
    SessionMetrics,
  ],
  exports: [
    BearerSessions,
    SessionStarts,
    SessionStore,
    SessionReader,
    SessionsRepository,
    SessionsService,
    ProofsRepository,
    RequestLimits,
  ],
})
export class SessionsModule {}
