import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import {
  me,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  worthOf,
} from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { onPostgres } from '../support/on-store.js';

const DAY_MS = 24 * 60 * 60_000;

const page = readFileSync('docs/operations/incidents.md', 'utf8');

/** The one statement of the page that looks like this, with the page's variables filled in. */
function statement(words: RegExp, variables: Record<string, number> = {}): string {
  const statements = [...page.matchAll(/query "([^"]+)"/g)].map(([, text]) => text ?? '');
  const [found, ...others] = statements.filter((text) => words.test(text));
  if (found === undefined || others.length > 0) {
    throw new Error(`incidents.md has ${others.length + 1} statements like ${words}, or none`);
  }
  return Object.entries(variables).reduce(
    (text, [name, value]) => text.replaceAll(`$${name}`, String(value)),
    found,
  );
}

let latchkey: Latchkey;

const query = async (text: string) =>
  (await sql.raw<Record<string, unknown>>(text).execute(latchkey.database)).rows;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

beforeEach(async () => {
  await latchkey.database.deleteFrom('users').execute();
});

afterAll(() => latchkey.close());

describe('after SESSION_SECRET has leaked', () => {
  it('no session is left', async () => {
    const cookie = await sessionCookie(await signedIn(latchkey));
    await query(statement(/^DELETE FROM sessions$/));
    expect(await worthOf(latchkey, cookie)).toBe(401);
  });

  it('the identities that were connected since are found, and what was disconnected', async () => {
    const early = await signedInWith(latchkey, ['google', somebody()], ['facebook', somebody()]);
    const { id: earlyId } = await me(early);
    await latchkey.database
      .updateTable('identities')
      .set((row) => ({ linked_at: row('linked_at', '-', DAY_MS) }))
      .where('user_id', '=', earlyId)
      .execute();
    const since = Date.now() - DAY_MS / 2;
    const twitter = somebody();
    const late = await signedInWith(latchkey, ['google', somebody()], ['twitter', twitter]);
    const { id } = await me(late);

    const connected = await query(statement(/FROM identities WHERE/, { since }));
    expect(connected.map((row) => [row['user_id'], row['provider'], row['subject']])).toEqual([
      [id, 'twitter', twitter.subject],
    ]);
    await late.apiSend('delete', '/users/me/identities/twitter');
    const disconnected = await query(statement(/'identity_unlinked'/, { since }));
    expect(disconnected).toEqual([expect.objectContaining({ user_id: id, provider: 'twitter' })]);
  });
});

describe('after the clock ran ahead', () => {
  it('what is dated ahead is found and ended, and nothing else', async () => {
    const now = Date.now();
    const { database } = latchkey;
    const [ahead, used, right] = [
      await signedIn(latchkey),
      await signedIn(latchkey),
      await signedIn(latchkey),
    ];
    const idOf = async (browser: typeof ahead) => (await me(browser)).id;
    const future = now + DAY_MS;
    const change = (userId: string, times: object) =>
      database.updateTable('sessions').set(times).where('user_id', '=', userId).execute();
    await change(await idOf(ahead), { created_at: future, last_seen_at: future });
    await change(await idOf(used), { last_seen_at: future });
    const dated = database.updateTable('identities').set({ linked_at: future });
    await dated.where('user_id', '=', await idOf(ahead)).execute();

    const at = { now: now + 60_000 };
    const [count] = await query(statement(/^SELECT count/, at));
    expect(Object.values(count ?? {}).map(Number)).toEqual([2]);
    const cookies = await Promise.all([ahead, used, right].map(sessionCookie));
    await query(statement(/^DELETE FROM sessions WHERE/, at));
    const worth = await Promise.all(cookies.map((cookie) => worthOf(latchkey, cookie)));
    expect(worth).toEqual([401, 401, 200]);
    await query(statement(/^UPDATE identities/, at));
    const identities = await database.selectFrom('identities').select('linked_at').execute();
    expect(identities.map(({ linked_at }) => linked_at <= at.now)).toEqual([true, true, true]);
  });
});

onPostgres('after the clock of PostgreSQL ran ahead', () => {
  it('the counts can be deleted', async () => {
    await expect(query(statement(/rate_limits/))).resolves.toEqual([]);
  });
});
