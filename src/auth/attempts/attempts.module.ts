import { Module } from '@nestjs/common';
import { AttemptsService } from './attempts.service.js';
import { ClaimsRepository } from './claims.repository.js';

/** Sign-in attempts: sealed in the browser, claimed once in the store. */
@Module({
  providers: [AttemptsService, ClaimsRepository],
  exports: [AttemptsService, ClaimsRepository],
})
export class AttemptsModule {}
