import type { BrowserDescription } from '../activity/describe-browser.js';
import type { Words } from './text/words.js';

export function browserName(words: Words, { browser, system }: BrowserDescription): string {
  if (browser === null) return system ?? words.unknownBrowser;
  return system === null ? browser : words.browserOn(browser, system);
}
