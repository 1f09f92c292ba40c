import { Injectable } from '@nestjs/common';
import { Metrics } from '../telemetry/metrics.js';
import { Readiness } from './readiness.js';

@Injectable()
export class ReadinessMetrics {
  constructor(metrics: Metrics, readiness: Readiness) {
    metrics.addLabelledGauge(
      'latchkey_check_up',
      'Whether a readiness check passes (1) or not (0): database, migrations, lifecycle.',
      'check',
      async () =>
        new Map(
          (await readiness.checks()).map(({ name, status }) => [name, status === 'ok' ? 1 : 0]),
        ),
    );
  }
}
