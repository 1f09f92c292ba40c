import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from './database.js';
import { migrate } from './migrate.js';
import { ConcurrentChange, UnitOfWork, type UnitOfWorkTransaction } from './unit-of-work.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-unit-of-work-'));
let database: Database;
let unitOfWork: UnitOfWork;
let effects: string[];

beforeAll(async () => {
  database = openDatabase({ kind: 'file', file: join(folder, 'store.db') }, () => undefined);
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
});

beforeEach(async () => {
  effects = [];
  await database.deleteFrom('periodic_tasks').execute();
});

afterAll(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (tx: UnitOfWorkTransaction, name: string) =>
  tx.insertInto('periodic_tasks').values({ name, begun_at: 1 }).execute();

const names = async () =>
  (await database.selectFrom('periodic_tasks').select('name').execute()).map(({ name }) => name);

describe('UnitOfWork', () => {
  it('commits all writes, then runs the effects in order', async () => {
    const result = await unitOfWork.run(async (tx) => {
      tx.afterCommit(() => effects.push('first'));
      await insert(tx, 'a');
      tx.afterCommit(() => effects.push('second'));
      await insert(tx, 'b');
      expect(effects).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await names()).toEqual(['a', 'b']);
    expect(effects).toEqual(['first', 'second']);
  });

  it('rolls back when the work throws, and runs no effect', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await insert(tx, 'a');
      tx.afterCommit(() => effects.push('never'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect([await names(), effects]).toEqual([[], []]);
  });

  it('retries after a concurrent change, and runs only the last try’s effects', async () => {
    let tries = 0;
    await unitOfWork.run(async (tx) => {
      tries += 1;
      await insert(tx, `try ${tries}`);
      tx.afterCommit(() => effects.push(`try ${tries}`));
      if (tries < 3) throw new ConcurrentChange('Somebody was first.');
    });
    expect([await names(), effects]).toEqual([['try 3'], ['try 3']]);
  });

  it('retries after a constraint violation, three times in total', async () => {
    let tries = 0;
    const failed = unitOfWork.run(async (tx) => {
      tries += 1;
      await insert(tx, 'a');
      await insert(tx, 'a');
    });
    await expect(failed).rejects.toMatchObject({ kind: 'unique' });
    expect(tries).toBe(3);
  });

  it('is to be tried again later when others are always first', async () => {
    const failed = unitOfWork.run(async () => {
      throw new ConcurrentChange('Somebody was first.');
    });
    await expect(failed).rejects.toMatchObject({ code: 'store_unavailable', retryAfter: 5 });
  });
});
