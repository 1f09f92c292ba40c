import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { Metrics } from './metrics.js';
import { Tracing } from './tracing.js';

@Global()
@Module({
  providers: [
    {
      provide: Metrics,
      inject: [CONFIG],
      useFactory: ({ providers, management }: Config): Metrics =>
        new Metrics(
          enabledProviders(providers),
          // Without the management port the metrics are never scraped.
          { process: management !== null },
        ),
    },
    {
      provide: Tracing,
      inject: [CONFIG],
      useFactory: async ({ tracing }: Config): Promise<Tracing> =>
        new Tracing(tracing && (await import('./span-export.js')).exportSpans(tracing.headers)),
    },
  ],
  exports: [Metrics, Tracing],
})
export class TelemetryModule {}
