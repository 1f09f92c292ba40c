import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Readiness, ReadinessMetrics } from './readiness.js';

/** Liveness and readiness. */
@Module({
  controllers: [HealthController],
  providers: [Readiness, ReadinessMetrics],
  exports: [Readiness],
})
export class HealthModule {}
