import type { BrowserDescription } from '../activity/describe-browser.js';

/** A browser and its system in words. */
export function browserOf({ browser, system }: BrowserDescription): string {
  if (browser === null) return system ?? 'Unknown browser';
  return system === null ? browser : `${browser} on ${system}`;
}
