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
        } as never)
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
  activity = new ActivityService(database);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe('the record of activity', () => {
  it.each(activityEvents)('keeps %s, and tells the operator under that name', async (event) => {
    await activity.add({ ...signIn, event });
    expect(await activity.all('ada')).toEqual([
      {
        id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
        user_id: 'ada',
        at: expect.any(Number),
        event,
        provider: 'google',
        address: '192.0.2.7',
        user_agent: 'Mozilla/5.0',
      },
    ]);
    expect(lines).toEqual([
      {
        event,
        userId: 'ada',
        provider: 'google',
        address: '192.0.2.7',
        browser: null,
        system: null,
      },
    ]);
  });

  it('says what the operator did', async () => {
    await activity.add({ ...signIn, event: 'user_disabled', client: operator });
    const [row] = await activity.all('ada');
    expect(row).toMatchObject({ address: null, user_agent: 'operator' });
    expect(lines).toEqual([expect.objectContaining({ event: 'user_disabled', by: 'operator' })]);
  });

  it('is sorted newest first, however fast things happen', async () => {
    for (const event of activityEvents) await activity.add({ ...signIn, event });
    const events = (await activity.all('ada')).map((row) => row.event);
    expect(events).toEqual(activityEvents.toReversed());
  });

  it('goes on before a row that was seen, and never into somebody else’s', async () => {
    for (const event of activityEvents) await activity.add({ ...signIn, event });
    await activity.add({ ...signIn, userId: 'eve' });
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
    expect([await activity.all('ada'), lines]).toEqual([[], []]);
  });

  it('has nothing of a user who has left, but the operator is told', async () => {
    await activity.add({ ...signIn, userId: 'nobody' });
    expect(await activity.all('nobody')).toEqual([]);
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
