import { broken, type Judgement, ok, warning } from './finding.js';

/** What an ID token's times may be off by (auth/google/id-token.ts), in milliseconds. */
const LEEWAY_MS = 60_000;
const WARN_MS = 30_000;

/** A Date header says the second that has begun. */
const SECOND_MS = 1000;

/** When a server said what time it was, and when it was asked; milliseconds since 1970. */
export interface ClockReading {
  label: string;
  /** The `Date` header (RFC 9110 §6.6.1), or null where there was none. */
  date: string | null;
  sentAt: number;
  answeredAt: number;
}

/**
 * How far this machine's clock is from a server's. The header was made somewhere between sending and answering, so half
 * of that time, and half of the second that the header rounds down to, cannot be told apart from a wrong clock.
 *
 * @returns milliseconds by which this clock is behind (positive) or ahead (negative), and how uncertain that is; null
 *   without a date that can be read
 */
export function skewOf(reading: ClockReading): { skewMs: number; uncertainMs: number } | null {
  const theirs = reading.date === null ? Number.NaN : Date.parse(reading.date);
  if (Number.isNaN(theirs)) return null;
  return {
    skewMs: theirs + SECOND_MS / 2 - (reading.sentAt + reading.answeredAt) / 2,
    uncertainMs: (reading.answeredAt - reading.sentAt) / 2 + SECOND_MS / 2,
  };
}

/** Judges this machine's clock by one provider's. */
export function judgeClock(reading: ClockReading): Judgement {
  const read = skewOf(reading);
  if (read === null) {
    return warning(
      `${reading.label} did not say what time it is.`,
      'Compare this machine’s clock by other means, such as: timedatectl',
    );
  }
  const atLeast = Math.max(0, Math.abs(read.skewMs) - read.uncertainMs);
  const seconds = Math.round(Math.abs(read.skewMs) / 1000);
  const direction = read.skewMs > 0 ? 'behind' : 'ahead of';
  const seen = `This machine’s clock is ${seconds} s ${direction} ${reading.label}’s`;
  const action = 'Let the system keep its time by NTP (systemd-timesyncd or chrony).';
  if (atLeast > LEEWAY_MS) {
    return broken(`${seen}: its ID tokens and signed requests are refused.`, action);
  }
  if (atLeast > WARN_MS) return warning(`${seen}: from 60 s on sign-ins fail.`, action);
  const within = Math.max(1, Math.ceil((Math.abs(read.skewMs) + read.uncertainMs) / 1000));
  return ok(`This machine’s clock agrees with ${reading.label}’s within ${within} s.`);
}
