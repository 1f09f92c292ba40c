import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcomeOf, sessionList, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { raw } from '../support/raw.js';

describe('the address in X-Forwarded-For', () => {
  let latchkey: Latchkey;

  beforeAll(async () => {
    latchkey = await startLatchkey({ TRUST_PROXY: 'loopback,10.0.0.0/8,2001:db8:ffff::/48' });
  });

  afterAll(() => latchkey.close());

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:40000', '203.0.113.9'],
    ['[2001:db8::9]:40000', '2001:db8::9'],
    ['[2001:db8::9]', '2001:db8::9'],
    ['"[2001:db8::9]:40000"', '2001:db8::9'],
    ['2001:db8::9', '2001:db8::9'],
    ['2001:db8:0:0:0:0:0:9:40000', '2001:db8:0:0:0:0:0:9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:40000', '203.0.113.9'],
    ['203.0.113.9:40000, 10.0.0.5:443', '203.0.113.9'],
    ['203.0.113.9:40000,[2001:db8:ffff::5]:443', '203.0.113.9'],
    ['198.51.100.1:1, 203.0.113.9:40000', '203.0.113.9'],
    // What is not an address is nobody's.
    ['unknown', '127.0.0.1'],
    ['203.0.113.999:40000', '127.0.0.1'],
    ['[203.0.113.9:40000', '203.0.113.9'],
  ])('%s is %s', async (header, address) => {
    const headers = { 'X-Forwarded-For': header };
    const browser = new Browser(latchkey);
    const callback = await browser.consent(await browser.start('google'), somebody());
    expect(outcomeOf(await browser.callback(callback, headers))).toBe('/account');
    const [session] = await sessionList(browser);
    expect(session?.address?.replace(/^::ffff:/, '')).toBe(address);
  });
});

it('with a port has a limit of its own, which no other port escapes', async () => {
  const latchkey = await startLatchkey({ TRUST_PROXY: '1', RATE_LIMIT_PER_MINUTE: '3' });
  const statuses = async (headerOf: (turn: number) => string) => {
    const found: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const headers = { 'X-Forwarded-For': headerOf(turn) };
      found.push((await raw(`${latchkey.url}/auth/session`, { headers })).status);
    }
    return found;
  };
  try {
    expect(await statuses((turn) => `203.0.113.1:${40_000 + turn}`)).toEqual([200, 200, 200, 429]);
    expect(await statuses((turn) => `203.0.113.${2 + turn}:40000`)).toEqual([200, 200, 200, 200]);
    expect(await statuses((turn) => `[2001:db8::${turn}]:4${turn}`)).toEqual([200, 200, 200, 429]);
  } finally {
    await latchkey.close();
  }
});
