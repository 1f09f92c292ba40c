import * as z from 'zod';

/** A time in JSON: ISO 8601, UTC, with milliseconds. */
export const timestampSchema = z.iso.datetime({ precision: 3 });

/** A stored time, in milliseconds since 1970, as JSON has it. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
