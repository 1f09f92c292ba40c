import { Module } from '@nestjs/common';
import { CleanupService } from './cleanup.service.js';

/** Deletes what has expired. */
@Module({ providers: [CleanupService] })
export class CleanupModule {}
