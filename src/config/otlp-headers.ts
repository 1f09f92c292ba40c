import * as z from 'zod';

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
