import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { describeBrowser } from './describe-browser.js';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('describeBrowser', () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/131.0.0.0 Safari/537.36`,
      'Chrome',
      'Windows',
    ],
    [
      'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
      'Firefox',
      'Linux',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/131.0.0.0 Safari/537.36`,
      'Chrome',
      'Chrome OS',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) ${webkit} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
      'Samsung Internet',
      'Android',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/131.0.0.0 Safari/537.36 OPR/117.0.0.0`,
      'Opera',
      'Windows',
    ],
  ])('reads %s', (userAgent, browser, system) => {
    expect(describeBrowser(userAgent)).toEqual({ browser, system });
  });

  it.each([
    null,
    '',
    'operator',
    ' ',
    '\t',
    'x',
    '(',
    ')(',
    ';',
    '<script>alert(1)</script>',
    '\u0000',
  ])('makes nothing of %j', (userAgent) => {
    expect(describeBrowser(userAgent)).toEqual({ browser: null, system: null });
  });

  it.each([
    ['Mozilla/5.0 ('.repeat(40), 'Mozilla/5.0 ('.repeat(40).slice(0, 501), null],
    [`Mozilla/5.0 ${'a'.repeat(490)}`, 'Mozilla', null],
    [`${' '.repeat(500)}Chrome`, 'Chrome', null],
    ['Version/1.'.repeat(50), null, null],
  ])('takes no time over %j', async (userAgent, browser, system) => {
    // Jest's five seconds are for all rounds; it looks at the clock between them.
    for (let round = 0; round < 50; round += 1) {
      expect(describeBrowser(userAgent.slice(0, 512))).toEqual({ browser, system });
      await nextTurn();
    }
  });
});
