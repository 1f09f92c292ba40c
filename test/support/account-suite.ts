import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Somebody, signedIn, signedInWith, somebody, stepUp } from './accounts.js';
import type { Browser, Consent } from './browser.js';
import { type Latchkey, startLatchkey } from './latchkey.js';

/**
 * Starts a service for the tests of a file, in which nobody has an account when a test begins, and closes it after them.
 *
 * Identities that are connected later count at once, unless a test wants it otherwise.
 *
 * @param overrides environment variables that differ from the tests' defaults
 * @returns the service, which is there from `beforeAll` on
 */
export function accountSuite(overrides: Record<string, string> = {}): Latchkey {
  // Filled in when the service has started: so that each file can hold it in a constant.
  const latchkey = {} as Latchkey;
  beforeAll(async () => {
    Object.assign(latchkey, await startLatchkey({ IDENTITY_SETTLE_SECONDS: '0', ...overrides }));
  });
  beforeEach(async () => {
    await latchkey.database.deleteFrom('users').execute();
  });
  afterAll(() => latchkey.close());
  return latchkey;
}

/** Somebody with two providers and two browsers. */
export interface Ada {
  google: Somebody;
  twitter: Somebody;
  /** Signed in with Google, with X connected and confirmed. */
  browser: Browser;
  /** Signed in with X. */
  other: Browser;
}

/** Makes Ada's account, with what each provider tells of her. */
export async function adaWith(
  latchkey: Latchkey,
  atGoogle: Consent = {},
  atTwitter: Consent = {},
): Promise<Ada> {
  const [google, twitter] = [somebody(atGoogle), somebody(atTwitter)];
  const browser = await signedInWith(latchkey, ['google', google], ['twitter', twitter]);
  await stepUp(browser, 'twitter', twitter);
  const other = await signedIn(latchkey, 'twitter', twitter);
  return { google, twitter, browser, other };
}
