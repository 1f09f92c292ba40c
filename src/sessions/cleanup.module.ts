import { Module } from '@nestjs/common';
import { CleanupService } from './cleanup.service.js';

/** Deletes by the clock what has expired: for the service, not for commands, which only look or do what they are told. */
@Module({ providers: [CleanupService] })
export class CleanupModule {}
