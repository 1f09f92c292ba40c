import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { operator } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import { activityEvents } from '../common/activity-event.js';
import { type Database, openDatabase } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ActivityService, type AuditEvent } from './activity.service.js';

const client = { address: '192.0.2.7', userAgent: 'Mozilla/5.0' };
const signIn: AuditEvent = { userId: 'ada', event: 'sign_in', provider: 'google', client };

let folder: string;
let database: Database;
let activity: ActivityService;
let unitOfWork: UnitOfWork;
let lines: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-activity-'));
  database = openDatabase({ kind: 'file', file: join(folder, 'store.db') }, () => undefined);
  await migrate(database);
  await database.transaction().execute(async (db) => {
    for (const id of ['ada', 'eve']) {
      await db
        .insertInto('users')
        .values({
          id,
          primary_issuer: 'https://accounts.google.com',
          display_name: id,
          created_at: 1,
          updated_at: 1,
          last_sign_in_at: 1,
        })
        .execute();
      await db
        .insertInto('identities')
        .values({
          provider: 'google',
          issuer: 'https://accounts.google.com',
          subject: id,
          user_id: id,
          linked_at: 1,
          last_used_at: 1,
        } as never)
        .execute();
    }
  });
  lines = [];
  jest.spyOn(Logger.prototype, 'log').mockImplementation((line: unknown) => {
    lines.push(line);
  });
  unitOfWork = new UnitOfWork(database);
  activity = new ActivityService(database, unitOfWork);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const all = (userId = 'ada') => activity.list(userId, 10_000, null);

const record = (...events: AuditEvent[]): Promise<void> =>
  unitOfWork.run(async (tx) => {
    for (const event of events) await activity.record(tx, event);
  });

/** Which of a user's rows have been kept, by when they were added, counted from 0. */
async function kept(addedIds: readonly string[]): Promise<number[]> {
  const left = new Set((await all()).map(({ id }) => id));
  return addedIds.flatMap((id, at) => (left.has(id) ? [at] : []));
}

/** Adds rows one after the other. Returns their ids, and how many there were at most. */
async function addMany(events: AuditEvent[]): Promise<{ ids: string[]; most: number }> {
  const ids: string[] = [];
  let most = 0;
  await unitOfWork.run(async (tx) => {
    for (const event of events) {
      await activity.record(tx, event);
      const { id, count } = await tx
        .selectFrom('activity')
        .select(({ fn }) => [fn.max('id').as('id'), fn.countAll().as('count')])
        .where('user_id', '=', event.userId)
        .executeTakeFirstOrThrow();
      ids.push(id);
      most = Math.max(most, Number(count));
    }
  });
  return { ids, most };
}

const times = (count: number, event: AuditEvent): AuditEvent[] =>
  Array.from({ length: count }, () => event);

describe('the record of activity', () => {
  it.each(activityEvents)('keeps %s, and tells the operator under that name', async (event) => {
    const whose = { issuer: 'https://accounts.google.com', subject: '7' };
    await record({ ...signIn, event, ...whose, via: 'pending_link' });
    expect(await all()).toEqual([
      {
        id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
        user_id: 'ada',
        at: expect.any(Number),
        event,
        provider: 'google',
        ...whose,
        via: 'pending_link',
        address: '192.0.2.7',
        user_agent: 'Mozilla/5.0',
      },
    ]);
    expect(lines).toEqual([
      {
        event,
        userId: 'ada',
        provider: 'google',
        via: 'pending_link',
        address: '192.0.2.7',
        browser: null,
        system: null,
      },
    ]);
  });

  it('says what the operator did', async () => {
    await activity.add({ ...signIn, event: 'user_disabled', client: operator });
    const [row] = await all();
    expect(row).toMatchObject({ address: null, user_agent: 'operator' });
    expect(lines).toEqual([expect.objectContaining({ event: 'user_disabled', by: 'operator' })]);
  });

  it('is sorted newest first, however fast things happen', async () => {
    await record(...activityEvents.map((event) => ({ ...signIn, event })));
    const events = (await all()).map((row) => row.event);
    expect(events).toEqual(activityEvents.toReversed());
  });

  it('goes on before a row that was seen, and never into somebody else’s', async () => {
    await record(...activityEvents.map((event) => ({ ...signIn, event })));
    await record({ ...signIn, userId: 'eve' });
    const first = await activity.list('ada', 3, null);
    const second = await activity.list('ada', 3, first.at(-1)?.id ?? null);
    expect([...first, ...second].map((row) => row.event)).toEqual(
      activityEvents.toReversed().slice(0, 6),
    );
    const [ofEve] = await activity.list('eve', 3, null);
    expect((await activity.list('ada', 100, ofEve?.id ?? null)).map((row) => row.user_id)).toEqual(
      activityEvents.map(() => 'ada'),
    );
  });

  it('is gone with what it belonged to when the transaction is undone', async () => {
    const undone = new UnitOfWork(database).run(async (tx) => {
      await activity.record(tx, signIn);
      throw new AppError('identity_in_use');
    });
    await expect(undone).rejects.toThrow(AppError);
    expect([await all(), lines]).toEqual([[], []]);
  });

  it('has nothing of a user who has left, but the operator is told', async () => {
    await activity.add({ ...signIn, userId: 'nobody' });
    expect(await all('nobody')).toEqual([]);
    expect(lines).toEqual([expect.objectContaining({ userId: 'nobody' })]);
  });

  it('says so when it cannot be kept', async () => {
    await sql`drop table activity`.execute(database);
    await expect(activity.add(signIn)).rejects.toMatchObject({
      code: 'store_unavailable',
      cause: { message: expect.stringMatching(/no such table/) },
    });
    expect(lines).toEqual([]);
  });
});

describe('the bound of a record', () => {
  it('is a thousand rows a user, of which the newest stay', async () => {
    const revoked: AuditEvent = { ...signIn, event: 'session_revoked', provider: null };
    const { ids, most } = await addMany(times(2500, revoked));
    expect(most).toBeLessThanOrEqual(1000);
    const left = await kept(ids);
    expect(left.length).toBeGreaterThanOrEqual(900);
    expect(left).toEqual(ids.map((_, at) => at).slice(-left.length));
  });

  it('keeps the first and the newest of each way in which an identity came', async () => {
    const linked: AuditEvent = { ...signIn, event: 'identity_linked', provider: 'twitter' };
    const byX: AuditEvent = { ...signIn, provider: 'twitter' };
    const noise: AuditEvent = { ...signIn, event: 'sign_out' };
    const history = [signIn, noise, linked, byX, byX, byX, linked, linked, signIn, signIn];
    const { ids } = await addMany([...history, ...times(3000, noise)]);
    expect((await kept(ids)).filter((at) => at < history.length)).toEqual([0, 2, 3, 5, 7, 9]);
    expect((await all()).length).toBeLessThanOrEqual(1000);
  });

  it('keeps those of a connected identity between others of its provider', async () => {
    const of = (subject: string, event: AuditEvent['event']): AuditEvent => ({
      ...signIn,
      event,
      subject,
    });
    const came = (subject: string) => [of(subject, 'identity_linked'), of(subject, 'sign_in')];
    const gone = [...came('gone'), ...came('gone too')];
    const history = [...gone, ...came('ada'), ...gone];
    const { ids } = await addMany([
      ...history,
      ...times(3000, { ...signIn, event: 'sign_out', provider: null }),
    ]);
    expect((await kept(ids)).filter((at) => at < history.length)).toEqual([0, 1, 4, 5, 8, 9]);
  });

  it('keeps that an identity was moved, between its refusal and its sign-ins', async () => {
    const of = (event: AuditEvent['event']): AuditEvent => ({ ...signIn, event, subject: 'ada' });
    const history = [of('sign_in_refused'), of('identity_moved'), of('sign_in'), of('sign_in')];
    const { ids } = await addMany([
      ...history,
      ...times(3000, { ...signIn, event: 'sign_out', provider: null }),
    ]);
    expect((await kept(ids)).filter((at) => at < history.length)).toEqual([0, 1, 2, 3]);
  });

  it('is a user’s own', async () => {
    await record({ ...signIn, userId: 'eve', event: 'sign_out' });
    await addMany(times(1500, { ...signIn, event: 'sign_out' }));
    expect(await all('eve')).toHaveLength(1);
  });

  it('holds within the transaction in which something happened', async () => {
    await addMany(times(998, { ...signIn, event: 'sign_out' }));
    const undone = unitOfWork.run(async (tx) => {
      for (const event of times(10, signIn)) await activity.record(tx, event);
      throw new AppError('identity_in_use');
    });
    await expect(undone).rejects.toThrow(AppError);
    expect(await all()).toHaveLength(998);
  });

  it('is reached in batches where a record is far beyond it', async () => {
    await fill(database, 5000);
    expect(await all()).toHaveLength(5000);
    await activity.trim('ada');
    expect((await all()).length).toBeLessThanOrEqual(902);
  });
});

describe('events that changed nothing', () => {
  const refused: AuditEvent = { ...signIn, event: 'sign_in_refused' };

  it('are recorded at most once a minute, by kind', async () => {
    for (const event of times(5, refused)) await activity.add(event);
    await activity.add({ ...refused, event: 'link_refused' });
    expect((await all()).map(({ event }) => event)).toEqual(['link_refused', 'sign_in_refused']);
    expect(lines).toHaveLength(2);
    const later = Date.now() + 61_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    await activity.add(refused);
    await activity.add(refused);
    expect(await all()).toHaveLength(3);
  });

  it('at once are recorded once', async () => {
    await Promise.all(times(10, refused).map((event) => activity.add(event)));
    expect(await all()).toHaveLength(1);
  });
});

/** Adds rows to a record without its bound. */
async function fill(db: Database, rows: number): Promise<void> {
  await sql`
    insert into activity (id, user_id, at, event, provider, address, user_agent)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    select '00000000-0000-7000-8000-' || (100000000000 + i), 'ada', i, 'sign_in', 'google', null, null
    from n`.execute(db);
}
