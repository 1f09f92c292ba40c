import { Module } from '@nestjs/common';
import { AddressController } from './address.controller.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';
import { ReadinessMetrics } from './readiness-metrics.js';

@Module({
  controllers: [HealthController, AddressController],
  providers: [Readiness, ReadinessMetrics],
  exports: [Readiness],
})
export class HealthModule {}
