import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { ActivityService } from '../../src/activity/activity.service.js';
import type { Export } from '../../src/users/export.schema.js';
import { accountSuite } from '../support/account-suite.js';
import { activity, link, me, session, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { POSTGRES_URL } from '../support/on-store.js';
import { readOn } from '../support/page.js';
import { addActivityRows } from '../support/rows-in-bulk.js';

/* One free account must not slow others down, whatever it does. */

jest.setTimeout(300_000);

const latchkey = accountSuite();

afterEach(async () => {
  jest.restoreAllMocks();
  // Deleting their users would take these rows along, in a statement that takes too long.
  if (POSTGRES_URL !== undefined) await sql`truncate activity`.execute(latchkey.database);
});

/** A server takes five times as long for as many. */
const MANY = POSTGRES_URL === undefined ? 1_000_000 : 200_000;

const rowsOf = (userId: string) =>
  latchkey.database.selectFrom('activity').selectAll().where('user_id', '=', userId).execute();

const take = (browser: Browser) => browser.apiSend('post', '/users/me/export');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What a collection leaves on the heap, in MB. */
function aliveMb(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Starts a download, and leaves it to be read. */
async function startExport(browser: Browser): Promise<IncomingMessage> {
  const Cookie = await browser.jar.getCookieString(latchkey.url);
  const sent = request(`${latchkey.url}/users/me/export`, {
    method: 'POST',
    headers: { Cookie, 'Sec-Fetch-Site': 'same-origin' },
    agent: false,
  });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer.setEncoding('utf8');
}

/** Reads a download to its end without keeping it. Returns how many entries of activity it has. */
async function entriesOf(
  answer: IncomingMessage,
  onPart: (entries: number) => void,
): Promise<number> {
  let [entries, end] = [0, ''];
  for await (const part of answer as AsyncIterable<string>) {
    onPart(entries);
    const text = end + part;
    entries += text.split('\n    {"id"').length - 1;
    // A marker may be cut in two.
    end = text.slice(-8);
    if (text.length >= 8 && end.includes('\n    {"id"')) entries -= 1;
  }
  expect(end.endsWith('\n  ]\n}\n')).toBe(true);
  return entries;
}

/** Whether something is done before so many other things have happened; asked again and again. */
async function askWhile(browser: Browser, isOver: () => boolean): Promise<number> {
  let answered = 0;
  while (!isOver()) {
    expect((await browser.api('/users/me')).status).toBe(200);
    answered += 1;
  }
  return answered;
}

describe('a record of activity', () => {
  it('has a thousand rows at most, with the first and the newest of each identity', async () => {
    const browser = await signedIn(latchkey, 'google', somebody());
    const { id } = await me(browser);
    const [first] = await rowsOf(id);
    await addActivityRows(latchkey, id, 1500);
    await latchkey.database
      .updateTable('activity')
      .set({ id: '00000000-0000-7000-8000-000000000000' })
      .where('id', '=', first?.id ?? '')
      .execute();
    expect(await rowsOf(id)).toHaveLength(1501);
    await link(browser, 'twitter');
    const rows = await rowsOf(id);
    expect(rows.length).toBeLessThanOrEqual(1000);
    expect(rows.filter(({ event }) => event === 'sign_in')).toHaveLength(1);
    expect((await activity(browser))[0]).toMatchObject({ event: 'identity_linked' });
  });

  it('grows by one a minute by what changes nothing, however often', async () => {
    const browser = await signedIn(latchkey);
    const other = await signedIn(latchkey, 'twitter', somebody());
    const { id } = await me(browser);
    const end = () => browser.apiSend('delete', '/users/me/sessions');
    const statuses = (await Promise.all(Array.from({ length: 40 }, end))).map(
      ({ status }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    const taken = somebody();
    await other.signIn('google', taken);
    for (let turns = 0; turns < 3; turns += 1) await link(browser, 'google', taken);
    expect((await rowsOf(id)).map(({ event }) => event).toSorted()).toEqual([
      'link_refused',
      'other_sessions_revoked',
      'sign_in',
    ]);
  });
});

describe('an export', () => {
  it('is one document that is all there, in pages', async () => {
    const browser = await signedIn(latchkey);
    const { id } = await me(browser);
    await addActivityRows(latchkey, id, 777);
    const list = jest.spyOn(latchkey.app.get(ActivityService), 'list');
    const answer = await take(browser);
    const { activity: entries, user, sessions } = answer.body as Export;
    expect([user.id, sessions.map((each) => each.id)]).toEqual([id, [(await session(browser)).id]]);
    const rows = (await rowsOf(id)).map((row) => row.id);
    expect(entries.map((entry) => entry.id)).toEqual(rows.toSorted().toReversed());
    expect(list.mock.calls.length).toBe(4);
  });

  it('of a record without a bound takes constant memory, and lets others have their turn', async () => {
    const [browser, other] = [await signedIn(latchkey), await signedIn(latchkey)];
    await addActivityRows(latchkey, (await me(browser)).id, MANY);
    const alive: number[] = [];
    let over = false;
    const answer = await startExport(browser);
    const asking = askWhile(other, () => over);
    const entries = await entriesOf(answer, (read) => {
      if (read > (alive.length + 1) * (MANY / 6)) alive.push(aliveMb());
    });
    over = true;
    const answered = await asking;
    // What was surplus went when the export was recorded.
    expect(entries).toBeGreaterThan(MANY - 10_000);
    expect(alive).toHaveLength(5);
    expect((alive.at(-1) ?? 0) - (alive[0] ?? 0)).toBeLessThan(20);
    // Both the export's pages and the answers need the one thread: neither waits for the other.
    expect(answered).toBeGreaterThan(100);
  });

  it('reads on no faster than the client does', async () => {
    const browser = await signedIn(latchkey);
    await addActivityRows(latchkey, (await me(browser)).id, 200_000);
    const list = jest.spyOn(latchkey.app.get(ActivityService), 'list');
    const answer = await startExport(browser);
    let pages = -1;
    while (list.mock.calls.length > pages) {
      pages = list.mock.calls.length;
      for (let turns = 0; turns < 200; turns += 1) await turn();
      expect((await browser.api('/users/me')).status).toBe(200);
    }
    expect(pages).toBeLessThan(500);
    answer.destroy();
    await once(answer, 'close').catch(() => undefined);
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('is there five times an hour, for each user', async () => {
    const [browser, other] = [await signedIn(latchkey), await signedIn(latchkey)];
    for (let turns = 0; turns < 5; turns += 1) expect((await take(browser)).status).toBe(200);
    const refused = await take(browser);
    expectProblem(refused, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3500);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(3600);
    const page = await browser.submit('/users/me/export');
    expect([page.status, readOn(page)]).toEqual([429, expect.stringContaining('Wait 60 minutes')]);
    expect((await take(other)).status).toBe(200);
    const exported = (await rowsOf((await me(browser)).id)).filter(
      ({ event }) => event === 'data_exported',
    );
    expect(exported).toHaveLength(5);
  });

  it('is not to be had by a link', async () => {
    const browser = await signedIn(latchkey);
    expectProblem(await browser.api('/users/me/export'), 'not_found');
  });
});

describe('deleting a user', () => {
  it.each([1000, 200_000])('with %d rows of activity lets others go on', async (rows) => {
    const [browser, other] = [await signedIn(latchkey), await signedIn(latchkey)];
    const { id } = await me(browser);
    await addActivityRows(latchkey, id, rows);
    let over = false;
    const asking = askWhile(other, () => over);
    const answer = await browser.apiSend('delete', '/users/me');
    over = true;
    expect(answer.status).toBe(204);
    expect(await rowsOf(id)).toEqual([]);
    // A batch has a thousand rows.
    expect(await asking).toBeGreaterThan(rows / 1000 / 10);
    expect((await other.api('/users/me')).status).toBe(200);
  });
});
