interface TracingVariables {
  readonly OTEL_SDK_DISABLED?: string | undefined;
  readonly OTEL_TRACES_EXPORTER?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
}

/**
 * Whether traces are exported: only with an explicit endpoint or exporter. The standard's default, exporting to
 * localhost, would be a surprise (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export function tracingIsOn(set: TracingVariables): boolean {
  if (set.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  if (set.OTEL_TRACES_EXPORTER !== undefined) return set.OTEL_TRACES_EXPORTER === 'otlp';
  return (
    set.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    set.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
  );
}
