import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/browser-suite.js';
import { signIn } from './support/visit.js';

/* A language that is written from the right sees each page as in a mirror. */

const { latchkey, openProfile } = browserSuite();

const WORDS = 'the words of ';

/** Every box of a page, and the words of what has a direction of its own: its name, and its distances from both sides. */
const BOXES = `(() => {
  const width = document.documentElement.clientWidth;
  const distances = (rect) => [rect.left, width - rect.right].map(Math.round);
  const ofWords = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => !element.parentElement.closest('svg') && element.getClientRects().length > 0)
    .flatMap((element) => [
      ...(getComputedStyle(element).display.startsWith('inline') ? [] : [[element.outerHTML.slice(0, 60), ...distances(element.getBoundingClientRect())]]),
      ...(element.matches('h1[dir=auto]') ? [['${WORDS}' + element.outerHTML.slice(0, 60), ...distances(ofWords(element))]] : []),
    ]);
})()`;

type Box = [name: string, before: number, after: number];

async function boxesOf(page: Page, direction: 'ltr' | 'rtl'): Promise<Box[]> {
  await page.evaluate(`document.documentElement.dir = '${direction}'`);
  return page.evaluate<Box[]>(BOXES);
}

const isNear = (one: number, other: number) => Math.abs(one - other) <= 1;

const paths = [
  '/',
  '/?error=account_exists&provider=google&signInWith=twitter',
  '/?error=provider_error&provider=google&requestId=0199c7d2-aaaa-7bbb-8ccc-ddddeeeeffff',
  '/account',
  '/account/activity',
  '/account/delete',
  '/account/nowhere',
];

describe.each([320, 1000])('%d pixels wide', (width) => {
  it('each page is mirrored, and nothing is wider than it', async () => {
    const context = await openProfile({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await signIn(page, latchkey.url, 'google');
    for (const path of paths) {
      await page.goto(latchkey.url + path);
      const before = await boxesOf(page, 'ltr');
      const after = await boxesOf(page, 'rtl');
      expect(before.length).toBeGreaterThan(5);
      const crooked = before.flatMap(([name, left, right], index) => {
        const [, ...found] = after[index] ?? ['', -1, -1];
        // Letters stand closer in some scripts than in others: words keep the side that they begin at.
        const isWords = name.startsWith(WORDS);
        return isNear(left, found[1]) && (isWords || isNear(right, found[0]))
          ? []
          : [{ path, name, from: [left, right], to: found }];
      });
      expect(crooked).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });
});
