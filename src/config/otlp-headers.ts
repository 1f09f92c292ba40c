import * as z from 'zod';

/** A name of a header and a value in the characters of an URL (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
const PAIR = /^([!#$%&'*+.^_`|~\w-]+)\s*=\s*([^\s",;\\]*(?: [^\s",;\\]+)*)$/;

/**
 * Headers for the collector, most often a key: `api-key=abc,other=a%20b`. The SDK passes over what it cannot read, and
 * the collector would refuse every trace without a word here.
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

/** Null when it is no percent-encoding, or becomes what no header may have. */
function decode(encoded: string): string | null {
  try {
    const value = decodeURIComponent(encoded);
    return /^[\x20-\x7e]*$/.test(value) ? value : null;
  } catch {
    return null;
  }
}
