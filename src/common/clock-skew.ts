/** How far apart the clocks of instances may be, in milliseconds. Beyond it a claim could be deleted, or an attempt cleared, too early. */
export const CLOCK_SKEW_MS = 60_000;
