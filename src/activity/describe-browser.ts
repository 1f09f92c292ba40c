import { parse } from 'bowser';
import { operator } from '../common/client.js';

/** A browser and its system in words, such as `Firefox` on `Windows`. */
export interface BrowserDescription {
  browser: string | null;
  system: string | null;
}

/** Describes a user agent; null for what it does not tell, and for the operator, who needs none. */
export function describeBrowser(userAgent: string | null): BrowserDescription {
  if (userAgent === null || userAgent.trim() === '' || userAgent === operator.userAgent) {
    return { browser: null, system: null };
  }
  const { browser, os } = parse(userAgent);
  const system = os.name ?? null;
  // One that names its system too would say it twice: "Samsung Internet for Android on Android".
  const name = system === null ? browser.name : browser.name?.replace(` for ${system}`, '');
  return { browser: name || null, system };
}
