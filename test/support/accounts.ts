import { sql } from 'kysely';
import type { Response } from 'supertest';
import type { SessionAnswer } from '../../src/auth/auth.schema.js';
import type { ProviderId } from '../../src/common/provider-id.js';
import type { SessionSummary } from '../../src/sessions/session.schema.js';
import type { ActivityEntry, ActivityPage } from '../../src/activity/activity.schema.js';
import type { User } from '../../src/users/user.schema.js';
import { Browser, type Consent, locationOf, paramsOf, targetOf } from './browser.js';
import { namesOf, sessionAmong } from './cookies.js';
import type { Latchkey } from './latchkey.js';

/** Headers of a request that another site makes a browser send. */
export const crossSite: [string, Record<string, string>][] = [
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['another site’s script', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }],
  ['a neighbour’s subdomain', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://evil.localhost' }],
  ['an old browser on another site', { 'Sec-Fetch-Site': '', Origin: 'https://evil.test' }],
  [
    'a text/plain form elsewhere',
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'null', 'Content-Type': 'text/plain' },
  ],
];

let people = 0;

export type Somebody = Consent & { subject: string };

/** A person whom no test has met before, known by a subject of their own. */
export function somebody(traits: Consent = {}): Somebody {
  people += 1;
  const number = String(people).padStart(6, '0');
  return { subject: `7000000000${number}`, name: `Person ${number}`, ...traits };
}

/** The browser of somebody who has just signed in, and was asked who they are for it. */
export async function signedIn(
  latchkey: Pick<Latchkey, 'url'>,
  provider: ProviderId = 'google',
  person: Consent = somebody(),
): Promise<Browser> {
  const browser = new Browser(latchkey);
  const response = await browser.signIn(provider, person, { prompt: 'login' });
  const outcome = outcomeOf(response);
  if (!outcome.startsWith('/')) throw new Error(`The sign-in ended in ${outcome}`);
  return browser;
}

/** The browser of somebody who has signed in with the first provider and connected the others. */
export async function signedInWith(
  latchkey: Latchkey,
  first: [ProviderId, Consent],
  ...others: [ProviderId, Consent][]
): Promise<Browser> {
  const browser = await signedIn(latchkey, ...first);
  for (const [provider, person] of others) {
    const outcome = outcomeOf(await link(browser, provider, person));
    if (!outcome.startsWith('/')) throw new Error(`Connecting ${provider} ended in ${outcome}`);
  }
  return browser;
}

/** Confirms who is signed in, with a provider that they have connected. */
export async function stepUp(
  browser: Browser,
  provider: ProviderId,
  person: Consent,
): Promise<void> {
  const outcome = outcomeOf(await browser.signIn(provider, person, { prompt: 'login' }));
  if (!outcome.startsWith('/')) throw new Error(`The step-up ended in ${outcome}`);
}

/** Starts connecting a provider, by a form. Returns the provider's page that the browser is sent to. */
export async function startLink(
  browser: Browser,
  provider: ProviderId,
  query: Record<string, string> = {},
): Promise<string> {
  const search = new URLSearchParams(query).toString();
  const response = await browser.submit(`/auth/${provider}/link${search && `?${search}`}`);
  if (response.status !== 303) throw new Error(`${response.status} ${response.text}`);
  return locationOf(response);
}

/** Goes as far as the provider's answer. Returns the callback that the browser is sent to. */
export async function linkCallback(
  browser: Browser,
  provider: ProviderId,
  person: Consent,
  query: Record<string, string> = {},
): Promise<string> {
  return browser.consent(await startLink(browser, provider, query), person);
}

/** Connects a provider, start to callback. Returns the callback's answer. */
export async function link(
  browser: Browser,
  provider: ProviderId,
  person: Consent = somebody(),
  query: Record<string, string> = {},
): Promise<Response> {
  return browser.callback(await linkCallback(browser, provider, person, query));
}

/** How a callback ended: the error code, or else where it sent the browser. */
export function outcomeOf(response: Response): string {
  return paramsOf(response)['error'] ?? targetOf(response);
}

/** The signed-in user. */
export async function me(browser: Browser): Promise<User> {
  const response = await browser.api('/users/me');
  if (response.status !== 200) throw new Error(`/users/me answered ${response.status}`);
  return response.body as User;
}

/** Which providers are connected, by name. */
export async function connected(browser: Browser): Promise<ProviderId[]> {
  return (await me(browser)).identities.map(({ provider }) => provider).toSorted();
}

/** What `/auth/session` says. */
export async function sessionAnswer(browser: Browser): Promise<SessionAnswer> {
  return (await browser.api('/auth/session')).body as SessionAnswer;
}

/** The browser's session as `/auth/session` shows it. */
export async function session(browser: Browser): Promise<NonNullable<SessionAnswer['session']>> {
  const answer = await sessionAnswer(browser);
  if (answer.session === null) throw new Error('Nobody is signed in.');
  return answer.session;
}

/** Where the user is signed in. */
export async function sessionList(browser: Browser): Promise<SessionSummary[]> {
  return (await browser.api('/users/me/sessions')).body as SessionSummary[];
}

/** The newest of what happened to the account. */
export async function activity(browser: Browser): Promise<ActivityEntry[]> {
  return ((await browser.api('/users/me/activity')).body as ActivityPage).items;
}

/** Makes every sign-in and every step-up lie longer back than a "recent" one may. */
export async function letTimePass({ database, config }: Latchkey): Promise<void> {
  const passed = (config.sessions.recentSignInSeconds + 1) * 1000;
  await database
    .updateTable('session_proofs')
    .set({
      first_at: sql`first_at - ${passed}`,
      latest_at: sql`latest_at - ${passed}`,
      asked_at: sql`asked_at - ${passed}`,
      proven_at: sql`proven_at - ${passed}`,
    })
    .execute();
  await database
    .updateTable('sessions')
    .set({
      authenticated_at: sql`authenticated_at - ${passed}`,
      created_at: sql`created_at - ${passed}`,
    })
    .execute();
}

/** The value of the session cookie that a browser holds. */
export async function sessionCookie(browser: Browser): Promise<string> {
  const cookie = sessionAmong(await browser.cookies());
  if (cookie === undefined) throw new Error('The browser has no session cookie.');
  return cookie;
}

/** Gives a browser a session cookie, as to whoever has copied it. */
export async function giveSession(
  latchkey: Parameters<typeof namesOf>[0],
  browser: Browser,
  cookie: string,
): Promise<void> {
  await browser.jar.setCookie(`${namesOf(latchkey).session}=${cookie}; Path=/`, latchkey.url);
}

/** What a session cookie is worth: the status of `/users/me` with it, in no browser in particular. */
export async function worthOf(latchkey: Pick<Latchkey, 'url'>, cookie: string): Promise<number> {
  const headers = { Cookie: `${namesOf(latchkey).session}=${cookie}` };
  const response = await new Browser(latchkey).api('/users/me', headers);
  return response.status;
}
