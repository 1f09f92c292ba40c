import { broken, ok, type Result, warning } from '../check.js';

/** What the times of an ID token may be off by (auth/google/id-token.ts), in milliseconds. */
const LEEWAY_MS = 60_000;
const WARN_MS = 30_000;

/** The resolution of a Date header. */
const SECOND_MS = 1000;

export interface ClockReading {
  label: string;
  /** The `Date` header (RFC 9110 §6.6.1). */
  date: string | null;
  /** Milliseconds since 1970, by this machine's clock. */
  sentAt: number;
  answeredAt: number;
}

/**
 * How far this machine's clock is behind (positive) or ahead (negative), in milliseconds. The header was written between
 * sending and answering, and its second is cut off: half of both is the uncertainty.
 */
export function skewOf(reading: ClockReading): { skewMs: number; uncertainMs: number } | null {
  const date = Date.parse(reading.date ?? '');
  if (Number.isNaN(date)) return null;
  return {
    skewMs: date + SECOND_MS / 2 - (reading.sentAt + reading.answeredAt) / 2,
    uncertainMs: (reading.answeredAt - reading.sentAt) / 2 + SECOND_MS / 2,
  };
}

export function checkClock(reading: ClockReading): Result {
  const skew = skewOf(reading);
  if (skew === null) {
    return warning(
      `${reading.label} did not say what time it is.`,
      'Compare this machine’s clock by other means, such as: timedatectl',
    );
  }
  const differenceMs = Math.abs(skew.skewMs);
  const atLeastMs = differenceMs - skew.uncertainMs;
  const direction = skew.skewMs > 0 ? 'behind' : 'ahead of';
  const seen = `This machine’s clock is ${Math.round(differenceMs / 1000)} s ${direction} ${reading.label}’s`;
  const action = 'Let the system keep its time by NTP (systemd-timesyncd or chrony).';
  if (atLeastMs > LEEWAY_MS) {
    return broken(`${seen}: its ID tokens and signed requests are refused.`, action);
  }
  if (atLeastMs > WARN_MS) return warning(`${seen}: from 60 s on sign-ins fail.`, action);
  const within = Math.max(1, Math.ceil((differenceMs + skew.uncertainMs) / 1000));
  return ok(`This machine’s clock agrees with ${reading.label}’s within ${within} s.`);
}
