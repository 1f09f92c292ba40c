import { Logger } from '@nestjs/common';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { serviceVersion } from '../common/version.js';
import type { SpanSink } from './tracing.js';

const logger = new Logger('OpenTelemetry');

const quiet = (): void => undefined;

/**
 * OpenTelemetry's SDK, exporting over OTLP. Loaded only where it is switched on. Where spans go, how many are sampled and
 * what the service is called are read by the SDK from its own variables
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 *
 * @param headers what each export brings along; the SDK's own variable for them knows no files
 */
export function exportSpans(headers: Readonly<Record<string, string>>): SpanSink {
  // What it has to say are collectors that do not answer; it would be silent otherwise.
  diag.setLogger(
    {
      error: (message) => logger.warn(`OpenTelemetry: ${message.slice(0, 500)}`),
      warn: quiet,
      info: quiet,
      debug: quiet,
      verbose: quiet,
    },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'latchkey',
      'service.version': serviceVersion,
    }).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ headers: { ...headers } }))],
  });
  return {
    tracer: provider.getTracer('latchkey', serviceVersion),
    shutdown: () => provider.shutdown(),
  };
}
