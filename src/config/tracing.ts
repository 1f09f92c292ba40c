import * as z from 'zod';

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
  if (set.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (set.OTEL_TRACES_EXPORTER !== undefined) return set.OTEL_TRACES_EXPORTER === 'otlp';
  return (
    set.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    set.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
  );
}

/** A header name and a percent-encoded value (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
const PAIR = /^([!#$%&'*+.^_`|~\w-]+)\s*=\s*([^\s",;\\]*(?: [^\s",;\\]+)*)$/;

/**
 * Headers for the collector, such as `api-key=abc,other=a%20b`. Validated here, since the SDK skips malformed ones and
 * the collector would then silently reject every trace.
 */
export const otlpHeaders = z.string().transform((value, context) => {
  const headers: Record<string, string> = {};
  for (const item of value.split(',').map((part) => part.trim())) {
    if (item === '') continue;
    const [, name = '', encoded = ''] = PAIR.exec(item) ?? [];
    const decoded = name === '' ? null : decode(encoded);
    if (decoded === null) {
      context.addIssue('needs a comma list of name=value, with percent signs for other characters');
      return z.NEVER;
    }
    headers[name] = decoded;
  }
  return headers;
});

/** Null for an invalid percent-encoding, or characters not allowed in a header. */
function decode(encoded: string): string | null {
  try {
    const value = decodeURIComponent(encoded);
    return /^[\x20-\x7e]*$/.test(value) ? value : null;
  } catch {
    return null;
  }
}
