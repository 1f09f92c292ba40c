/** The variables by which OpenTelemetry is switched on or off. */
interface TracingVariables {
  readonly OTEL_SDK_DISABLED?: string | undefined;
  readonly OTEL_TRACES_EXPORTER?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
}

/**
 * Whether traces are exported. They are where somebody has said where to, or that they should be: the standard's own
 * default, an exporter to localhost, would be a surprise
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export function tracingIsOn(set: TracingVariables): boolean {
  if (set.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  if (set.OTEL_TRACES_EXPORTER !== undefined) return set.OTEL_TRACES_EXPORTER === 'otlp';
  return (
    set.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    set.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
  );
}
