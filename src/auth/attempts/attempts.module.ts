import { Module } from '@nestjs/common';
import { AttemptsService } from './attempts.service.js';
import { ClaimsRepository } from './claims.repository.js';

@Module({
  providers: [AttemptsService, ClaimsRepository],
  exports: [AttemptsService, ClaimsRepository],
})
export class AttemptsModule {}
