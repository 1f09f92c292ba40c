import { expect } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import type { User } from '../../../src/users/user.schema.js';
import { outcomeOf } from '../../support/accounts.js';
import { Browser } from '../../support/browser.js';
import { namesOf } from '../../support/cookies.js';
import { expectInvariants } from '../../support/invariants.js';
import type { Person, Told } from './person.js';

/** What was acknowledged and is not so. */
export type Losses = string[];

/** Looks up what a person was told, and returns what is not so. */
export async function lossesOf(service: { url: string }, person: Person): Promise<Losses> {
  const losses: Losses = [];
  const owners = new Set<string>();
  for (const [cookie, told] of person.sessions) {
    const headers = { Cookie: `${namesOf(service).session}=${cookie}` };
    const response = await new Browser(service).api('/users/me', headers);
    if (!fits(told, response.status)) {
      losses.push(`${person.identity.subject}: a session that ${told} answers ${response.status}`);
    }
    if (response.status !== 200) continue;
    const user = response.body as User;
    owners.add(user.id);
    const has = (subject: string) =>
      user.identities.some((identity) => identity.subject === subject);
    if (!has(person.identity.subject)) losses.push(`${person.identity.subject}: not theirs`);
    if (person.link === 'lives' && !has(person.second.subject)) {
      losses.push(`${person.second.subject}: connected, and gone`);
    }
  }
  if (owners.size > 1) losses.push(`${person.identity.subject}: two users`);
  return losses;
}

function fits(told: Told, status: number): boolean {
  if (told === 'unknown') return status === 200 || status === 401;
  return status === (told === 'lives' ? 200 : 401);
}

/** Checks in the store that users are there, or gone, as they were told, and that nobody is there by half. */
export async function lossesInStore(
  database: Database,
  people: readonly Person[],
): Promise<Losses> {
  const { rows } = await sql<{ subject: string }>`select subject from identities`.execute(database);
  const known = new Set(rows.map(({ subject }) => subject));
  const losses: Losses = [];
  for (const { user, link, identity, second } of people) {
    if (user === 'lives' && !known.has(identity.subject)) losses.push(`${identity.subject}: lost`);
    if (user === 'ended' && known.has(identity.subject))
      losses.push(`${identity.subject}: is back`);
    if (user === 'lives' && link === 'lives' && !known.has(second.subject)) {
      losses.push(`${second.subject}: lost`);
    }
  }
  await expectInvariants(database);
  const halves = await sql`
    select id from users where id not in (select user_id from activity where event = 'sign_in')
    union select user_id from sessions where user_id not in
      (select user_id from activity where event = 'sign_in')`.execute(database);
  expect(halves.rows).toEqual([]);
  return losses;
}

/** Somebody whose sign-in was not answered tries again, and is signed in. */
export async function expectRetryWorks(service: { url: string }, person: Person): Promise<void> {
  const browser = new Browser(service);
  expect(outcomeOf(await browser.signIn('google', person.identity))).toBe('/account');
  expect((await browser.api('/users/me')).status).toBe(200);
}
