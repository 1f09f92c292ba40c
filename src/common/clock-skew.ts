/** How far apart the clocks of instances may be, in milliseconds. */
export const CLOCK_SKEW_MS = 60_000;
