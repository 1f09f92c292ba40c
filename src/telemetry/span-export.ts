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
 * OpenTelemetry's SDK with an OTLP exporter, loaded only where tracing is on. The SDK reads the endpoint, sampling and
 * service name from its own variables
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 *
 * @param headers sent with each export; the SDK's own variable cannot read secret files
 */
export function exportSpans(headers: Readonly<Record<string, string>>): SpanSink {
  // The SDK reports unreachable collectors through `diag`, which is silent by default.
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
