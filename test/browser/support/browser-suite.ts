import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Latchkey, startLatchkey } from '../../support/latchkey.js';
import { complaintsIn, launchChromium, newProfile } from './chromium.js';

/** One person's browser profile, with a tab. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the browser has complained about so far, in any tab. */
  complaints: string[];
}

export interface BrowserSuite {
  /** The service, which is there from `beforeAll` on. */
  latchkey: Latchkey;
  /** Opens a profile of its own, until the test ends. */
  openProfile: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** The same, with a tab. */
  visit: () => Promise<Visit>;
}

/**
 * Starts a service and Chromium for the tests of a file. Nobody has an account when a test begins, and all profiles are
 * closed when it ends.
 *
 * @param overrides environment variables that differ from the tests' defaults
 */
export function browserSuite(overrides: Record<string, string> = {}): BrowserSuite {
  // Filled in when the service has started: so that each file can hold it in a constant.
  const latchkey = {} as Latchkey;
  let chromium: Browser;
  beforeAll(async () => {
    const [started, launched] = await Promise.all([startLatchkey(overrides), launchChromium()]);
    Object.assign(latchkey, started);
    chromium = launched;
  });
  beforeEach(async () => {
    await latchkey.database.deleteFrom('users').execute();
  });
  afterEach(async () => {
    await Promise.all(chromium.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await chromium.close();
    await latchkey.close();
  });
  const openProfile = (options?: BrowserContextOptions) => newProfile(chromium, options);
  const visit = async (): Promise<Visit> => {
    const context = await openProfile();
    const complaints = complaintsIn(context);
    return { context, page: await context.newPage(), complaints };
  };
  return { latchkey, openProfile, visit };
}
