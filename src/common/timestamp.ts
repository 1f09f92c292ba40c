import * as z from 'zod';

/** Milliseconds since 1970, UTC. */
export type Timestamp = number;

/** A time in JSON: ISO 8601, UTC, with milliseconds. */
export const timestampSchema = z.iso.datetime({ precision: 3 });

/** @param milliseconds since 1970 */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
