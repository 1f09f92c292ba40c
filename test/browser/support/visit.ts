import type { Page } from 'playwright-core';
import { providers } from '../../../src/providers/registry.js';
import type { ProviderId } from '../../../src/common/provider-id.js';

/** What a person does on the sandbox's consent page. */
export interface Answer {
  /** Somebody ready-made, by the name on the page. */
  choose?: string;
  /** Or somebody typed, by the labels of the fields. */
  type?: Record<string, string>;
  /** What is to go wrong, by its label in "Make it fail". */
  fail?: string;
  /** The button. */
  press?: 'Allow' | 'Deny';
}

/** The provider's button on the sign-in page. */
export function providerButton(page: Page, provider: ProviderId) {
  return page.getByRole('link', { name: `Continue with ${providers[provider].label}` });
}

/** Fills in the consent page that is open, and waits until the browser is back at the service. */
export async function consent(page: Page, answer: Answer = {}): Promise<void> {
  const who = answer.type === undefined ? (answer.choose ?? 'Ada Lovelace') : 'Someone else';
  await page.getByRole('radio', { name: who }).check();
  for (const [label, text] of Object.entries(answer.type ?? {})) {
    // By its beginning: some labels go on with a hint.
    await page.getByRole('textbox', { name: new RegExp(`^${label}\\b`) }).fill(text);
  }
  if (answer.fail !== undefined) {
    // Some labels are there twice, for the token and for the profile: the first is meant.
    const option = page.getByRole('option', { name: answer.fail, exact: true }).first();
    const value = (await option.getAttribute('value')) ?? '';
    await page.getByRole('combobox', { name: 'Make it fail' }).selectOption(value);
  }
  const button = page.getByRole('button', { name: answer.press ?? 'Allow' });
  await Promise.all([page.waitForURL((url) => url.hostname === 'localhost'), button.click()]);
}

/** Signs in by clicks: the button on the sign-in page, then the consent page. */
export async function signIn(
  page: Page,
  url: string,
  provider: ProviderId,
  answer: Answer = {},
): Promise<void> {
  await page.goto(url);
  await providerButton(page, provider).click();
  await consent(page, answer);
}

/** Where a page is, without its origin. */
export function placeOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}

/** Who the account page says one is. */
export async function whoIs(page: Page): Promise<string> {
  return (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
}

/** Confirms who is signed in, and comes back to the account page. */
export async function stepUp(page: Page, url: string, answer: Answer = {}): Promise<void> {
  await page.goto(`${url}/auth/google?prompt=login&returnTo=%2Faccount`);
  await consent(page, answer);
}

/** Moves the focus by the keyboard alone to a link or button. */
export async function tabTo(of: Page, name: string): Promise<void> {
  const focus =
    '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()';
  for (let count = 0; count < 40; count += 1) {
    await of.keyboard.press('Tab');
    if ((await of.evaluate<string>(focus)) === name) return;
  }
  throw new Error(`Tab does not reach "${name}".`);
}
