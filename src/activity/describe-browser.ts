import { parse } from 'bowser';
import { operator } from '../common/http/client.js';

/** A browser and its system in words, such as `Firefox` on `Windows`. */
export interface BrowserDescription {
  browser: string | null;
  system: string | null;
}

/** Parsing is slow, and a list of hundreds of rows has few different browsers. */
const cache = new Map<string, BrowserDescription>();
const MAX_KNOWN = 200;

/** Describes a user agent; null for what it does not tell, and for the operator, who needs none. */
export function describeBrowser(userAgent: string | null): BrowserDescription {
  if (userAgent === null || userAgent.trim() === '' || userAgent === operator.userAgent) {
    return { browser: null, system: null };
  }
  const before = cache.get(userAgent);
  if (before !== undefined) return before;
  const described = describe(userAgent);
  if (cache.size >= MAX_KNOWN) cache.clear();
  cache.set(userAgent, described);
  return described;
}

function describe(userAgent: string): BrowserDescription {
  const { browser, os } = parse(userAgent);
  const system = os.name ?? null;
  // One that names its system too would say it twice: "Samsung Internet for Android on Android".
  const name = system === null ? browser.name : browser.name?.replace(` for ${system}`, '');
  return { browser: name || null, system };
}
