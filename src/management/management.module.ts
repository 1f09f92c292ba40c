import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { ManagementServer } from './management.server.js';

@Module({ imports: [HealthModule], providers: [ManagementServer] })
export class ManagementModule {}
