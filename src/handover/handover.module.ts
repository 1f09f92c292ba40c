import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AskedService } from './asked.service.js';
import { CompletionService } from './completion.service.js';
import { ExchangeController } from './exchange.controller.js';
import { ExchangeService } from './exchange.service.js';
import { HandoversRepository } from './handovers.repository.js';
import { HandoversService } from './handovers.service.js';

/** Sign-ins that another site or an app is to have. */
@Module({
  imports: [SessionsModule, UsersModule],
  controllers: [ExchangeController],
  providers: [
    AskedService,
    CompletionService,
    ExchangeService,
    HandoversRepository,
    HandoversService,
  ],
  exports: [AskedService, CompletionService, HandoversService],
})
export class HandoverModule {}
