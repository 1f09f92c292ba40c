import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import type { Somebody } from './accounts.js';
import { Browser, locationOf } from './browser.js';
import type { Latchkey } from './latchkey.js';
import { headingOf, linkIn, messageOf } from './page.js';
import { identityRows } from './rows.js';

/** Everything that a form of the account page could change. */
export async function everythingIn({ database }: Pick<Latchkey, 'database'>) {
  return {
    ...(await identityRows(database)),
    activity: await database.selectFrom('activity').selectAll().orderBy('id').execute(),
  };
}

/** Checks that a page was answered, with its status and main heading. */
export function expectPage(response: Response, status: number, heading: string | RegExp): void {
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(response.headers['content-security-policy']).toMatch(/default-src 'none'/);
  expect(headingOf(response)).toMatch(heading);
}

/** A browser with the same cookies: another tab, whose request is on its way when the first is answered. */
export async function copyOf(latchkey: Pick<Latchkey, 'url'>, of: Browser): Promise<Browser> {
  const copy = new Browser(latchkey);
  for (const [name, value] of Object.entries(await of.cookies())) {
    await copy.jar.setCookie(`${name}=${value}`, latchkey.url);
  }
  return copy;
}

/** A page that asks: a form that posts to where it was asked, and a way back. */
export function expectQuestion(response: Response, heading: string, path: string): void {
  expectPage(response, 200, heading);
  const forms = [...response.text.matchAll(/<form\b[^>]*action="([^"?]*)/g)].map(([, to]) => to);
  expect(forms).toEqual([path]);
  expect(response.text).toMatch(/<form\b[^>]*method="post"/);
  expect(linkIn(response, 'Cancel')).toBe('/account');
}

/** A form that was answered: the browser is sent on, to a page that says what was done. */
export async function expectDone(
  from: Browser,
  response: Response,
  message: string | null,
  to = '/account',
): Promise<void> {
  expect(response.status).toBe(303);
  expect(new URL(locationOf(response), 'http://base').pathname).toBe(to);
  const page = await from.get(locationOf(response));
  expect([page.status, messageOf(page)]).toEqual([200, message]);
}

/** Whether a browser is signed in: 200, or else 401. */
export const statusOf = async (of: Browser): Promise<number> => (await of.api('/users/me')).status;

/**
 * Every address of the account page that does something.
 *
 * @param sessionId the session of another browser
 */
export const formsWith = (sessionId: string): string[] => [
  '/account/disconnect/twitter',
  `/account/sessions/${sessionId}/revoke`,
  '/account/sessions/revoke-others',
  '/account/sign-out-everywhere',
  '/account/delete',
  '/account/pending-link',
];

/** After these there is nothing to come back to. */
export const leaving = ['/account/sign-out-everywhere', '/account/delete'];

/** Those that ask at the same address. */
export const questionsWith = (sessionId: string): string[] =>
  formsWith(sessionId).filter((path) => !path.endsWith('pending-link'));

/** Goes through a sign-in that somebody was sent to, and on to where it ends. Returns that page. */
export async function followSignIn(from: Browser, href: string, who: Somebody): Promise<Response> {
  const start = await from.get(href);
  expect(start.status).toBe(302);
  const back = await from.callback(await from.consent(locationOf(start), who));
  expect(back.status).toBe(302);
  return from.get(locationOf(back));
}
