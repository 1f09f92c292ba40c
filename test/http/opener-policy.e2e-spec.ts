import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

const POLICY = 'cross-origin-opener-policy';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ DOCS: 'on' });
});

afterAll(() => latchkey.close());

describe.each(providerIds)('on the way to %s and back', (provider) => {
  it('no redirect has an opener policy', async () => {
    const browser = new Browser(latchkey);
    const started = await browser.get(`/auth/${provider}`);
    const authorize = String(started.headers['location']);
    const back = await browser.consent(authorize, { person: 'ada' });
    const denied = await browser.consent(await browser.start(provider), { decision: 'deny' });
    const redirects = [started, await browser.callback(back), await browser.callback(denied)];
    const forged = await browser.get(`/auth/${provider}/callback?state=none&code=none`);
    for (const { status, headers } of [...redirects, forged]) {
      expect([status, headers[POLICY]]).toEqual([302, undefined]);
    }
  });
});

it.each([
  ['/', 200],
  ['/?error=access_denied&provider=google', 200],
  ['/account', 200],
  ['/account/activity', 200],
  ['/account/delete', 403],
  ['/docs', 200],
  ['/nowhere', 404],
  ['/auth/nobody', 404],
])('the page %s keeps others’ openers away', async (path, status) => {
  const browser = new Browser(latchkey);
  await browser.signIn('google', { person: 'ada' });
  const answer = await browser.get(path);
  expect([answer.status, answer.headers[POLICY]]).toEqual([status, 'same-origin']);
});
