import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, NodeResult, Result } from 'axe-core';
import type { Page } from 'playwright-core';
import { lowContrast } from './contrast.js';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page is read in. Of the second colours only what colours decide is looked at. */
const shapes = [
  { width: 320, colorScheme: 'light', only: null },
  { width: 320, colorScheme: 'dark', only: ['color-contrast', 'link-in-text-block'] },
  { width: 1280, colorScheme: 'light', only: ['color-contrast', 'link-in-text-block'] },
  { width: 1280, colorScheme: 'dark', only: null },
] as const;

/** The contrast of level AAA, where ours is AA; and a rule that only says that something is hidden. */
const OFF = ['color-contrast-enhanced', 'hidden-content'];

/** Icons in colours of ours, where the reader has chosen all of them. */
const OWN_COLOURS = `[...document.querySelectorAll('svg')]
  .filter((icon) => getComputedStyle(icon).color !== getComputedStyle(icon.parentElement).color)
  .map((icon) => 'an icon in a colour of its own in ' + icon.parentElement.outerHTML.slice(0, 80))`;

/** The one letter in place of a picture, which axe does not take for words. */
const IS_INITIAL = /content is too short/;

/**
 * Runs axe on the page that is open, with all its rules, in each width and colours, without loading it again.
 *
 * @param without selectors of what is not ours
 * @returns what is wrong and what axe could not decide, each with the place; empty where the page is clean
 */
export async function findingsOn(page: Page, without: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  const path = new URL(page.url()).pathname;
  for (const { width, colorScheme, only } of shapes) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, forcedColors: 'none', reducedMotion: 'reduce' });
    const place = `${path} ${width} ${colorScheme}: `;
    const { violations, incomplete } = await run(page, without, only);
    found.push(...[...violations, ...incomplete].flatMap(lines).map((line) => place + line));
  }
  // Not by axe: it reads the colour of words by `-webkit-text-fill-color`, which forced colours leave as it is.
  await page.emulateMedia({ forcedColors: 'active' });
  const forced = [...(await lowContrast(page)), ...(await page.evaluate<string[]>(OWN_COLOURS))];
  return [...found, ...forced.map((line) => `${path} forced colours: ${line}`)];
}

/**
 * Only what is wrong, on a page as it is now.
 *
 * @param off rules that are left out
 */
export async function violationsOn(page: Page, off: readonly string[]): Promise<string[]> {
  return (await run(page, [], null, [...OFF, ...off])).violations.flatMap(lines);
}

async function run(
  page: Page,
  exclude: readonly string[],
  only: readonly string[] | null,
  off: readonly string[] = OFF,
): Promise<AxeResults> {
  // Through the debugger: no policy of the page is asked, and none has to be weakened.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(source);
  return page.evaluate<AxeResults>(`axe.run(
    ${JSON.stringify({ exclude })},
    {
      runOnly: ${JSON.stringify(only)} ?? axe.getRules().map(({ ruleId }) => ruleId)
        .filter((id) => !${JSON.stringify(off)}.includes(id)),
      resultTypes: ['violations', 'incomplete'],
    },
  )`);
}

function lines({ id, nodes }: Result): string[] {
  return nodes
    .map((node) => ({ reason: reasonOf(node), target: node.target.join(' ') }))
    .filter(({ reason }) => !IS_INITIAL.test(reason))
    .map(({ reason, target }) => `${id} at ${target}: ${reason}`);
}

function reasonOf({ any, all, none }: NodeResult): string {
  return [...any, ...all, ...none].map(({ message }) => message).join(' ');
}
