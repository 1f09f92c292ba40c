import { Module } from '@nestjs/common';
import { ActiveSessions } from './active-sessions.js';
import { BearerSessions } from './bearer-sessions.service.js';
import { CookieSignatures } from './cookie-signatures.js';
import { DomainCookie } from './domain-cookie.js';
import { EndingsLimit } from './endings-limit.js';
import { ProofsRepository } from './proofs.repository.js';
import { RecentStepUps } from './recent-step-ups.js';
import { ExplainedRefusals } from './explained-refusals.js';
import { RequestLimits } from './request-limits.js';
import { SessionLooks } from './session-looks.js';
import { ServerLimits } from './server-limits.js';
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
    CookieSignatures,
    DomainCookie,
    EndingsLimit,
    SessionStarts,
    SessionStore,
    SessionReader,
    SessionLooks,
    SessionsRepository,
    SessionsService,
    ProofsRepository,
    RecentStepUps,
    ExplainedRefusals,
    RequestLimits,
    ServerLimits,
    SessionMetrics,
  ],
  exports: [
    BearerSessions,
    SessionStarts,
    SessionStore,
    SessionReader,
    SessionLooks,
    SessionsRepository,
    SessionsService,
    ProofsRepository,
    RecentStepUps,
    RequestLimits,
    ServerLimits,
  ],
})
export class SessionsModule {}
