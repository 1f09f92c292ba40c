import { describe, expect, it } from '@jest/globals';
import { type Attempt, attemptSchema } from '../../src/auth/attempts/attempt.js';
import { createSeal } from '../../src/common/seal.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  letTimePass,
  link,
  outcomeOf,
  session,
  me,
  signedIn,
  somebody,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { headingOf } from '../support/page.js';

/* What attempts are worth that SESSION_SECRET has sealed, and Latchkey has not. */

const latchkey = accountSuite({ IDENTITY_SETTLE_SECONDS: '604800' });

/** Gives the attempt that a browser has begun last another purpose, with all that its session tells. */
async function forge(browser: Browser, purpose: Attempt['purpose']): Promise<void> {
  const seal = createSeal(latchkey.config.secrets, 'attempt', attemptSchema);
  const [name, value] =
    Object.entries(await browser.cookies()).findLast(([each]) => each.includes('-attempt-')) ?? [];
  const attempt = seal.open(value ?? '');
  if (attempt === null) throw new Error('The browser has no attempt.');
  await browser.jar.setCookie(
    `${name}=${seal.close({ ...attempt, purpose })}; Path=/`,
    latchkey.url,
  );
}

async function askerOf(browser: Browser) {
  return { userId: (await me(browser)).id, sessionId: (await session(browser)).id };
}

/** Where a forged link at a provider ends. */
async function forgedLink(browser: Browser, provider: 'twitter' | 'facebook') {
  const url = await browser.start(provider);
  await forge(browser, { kind: 'link', ...(await askerOf(browser)) });
  return browser.callback(await browser.consent(url, somebody()));
}

describe('a link that was forged', () => {
  it('connects nothing where the sign-in is long ago', async () => {
    const browser = await signedIn(latchkey);
    await letTimePass(latchkey);
    const answer = await forgedLink(browser, 'twitter');
    expect([answer.status, headingOf(answer)]).toEqual([403, 'Confirm that it is you']);
    expect(await connected(browser)).toEqual(['google']);
  });

  it('connects nothing for an identity that is new', async () => {
    const mallory = somebody({ name: 'Mallory' });
    const home = await signedIn(latchkey);
    expect(outcomeOf(await link(home, 'twitter', mallory))).toBe('/account');
    const strangers = await signedIn(latchkey, 'twitter', mallory);
    expect((await forgedLink(strangers, 'facebook')).status).toBe(403);
    expect(await connected(home)).toEqual(['google', 'twitter']);
  });
});

it.each(['link', 'reauthenticate'] as const)('a %s forged for another user ends', async (kind) => {
  const victim = await signedIn(latchkey);
  const asker = await askerOf(victim);
  const mallory = somebody({ name: 'Mallory' });
  for (const browser of [new Browser(latchkey), await signedIn(latchkey, 'facebook', mallory)]) {
    for (const purpose of [asker, { ...asker, ...(await ownSession(browser)) }]) {
      const url = await browser.start('twitter');
      await forge(browser, { kind, ...purpose });
      const answer = await browser.callback(await browser.consent(url, somebody()));
      expect(outcomeOf(answer)).toBe('session_changed');
    }
  }
  expect(await connected(victim)).toEqual(['google']);
});

/** The id of a browser's own session; nothing where it has none. */
async function ownSession(browser: Browser) {
  const { status } = await browser.api('/users/me');
  return status === 200 ? { sessionId: (await session(browser)).id } : {};
}
