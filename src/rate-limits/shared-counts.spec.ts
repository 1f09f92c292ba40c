import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Queryable } from '../database/database.js';
import { SharedCounts } from './shared-counts.js';

type Answer = { key: string; requests: number; left_ms: number };

const WINDOW_MS = 60_000;

/** A stub of PostgreSQL. */
function databaseThat(answer: (keys: string[], sizes: number[]) => Promise<Answer[]>): Queryable {
  const connection = {
    executeQuery: async <R>({ parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const lists = parameters.filter((value) => Array.isArray(value));
      return { rows: (await answer(lists[0] as string[], lists[1] as number[])) as R[] };
    },
    streamQuery: () => {
      throw new Error('not used');
    },
  };
  return new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () =>
        Object.assign(new DummyDriver(), { acquireConnection: async () => connection }),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }) as unknown as Queryable;
}

/** One that counts, with what other instances have counted. */
function countingDatabase(byOthers = 0) {
  const statements: number[][] = [];
  const totals = new Map<string, number>();
  const database = databaseThat(async (keys, sizes) => {
    statements.push(sizes);
    return keys.map((key, at) => {
      const requests = (totals.get(key) ?? byOthers) + (sizes[at] ?? 0);
      totals.set(key, requests);
      return { key, requests, left_ms: WINDOW_MS };
    });
  });
  return { counts: new SharedCounts(database), statements };
}

describe('shared counts', () => {
  it('allow requests far from the limit at once, and count them later in one statement', async () => {
    const { counts, statements } = countingDatabase();
    for (const key of ['a', 'b', 'a']) expect(await counts.consume(key, 100, WINDOW_MS)).toBe(0);
    expect(statements).toEqual([]);
    await sleep(200);
    expect(statements).toEqual([[2, 1]]);
  });

  it('wait near the limit until the database has counted', async () => {
    const { counts, statements } = countingDatabase();
    const waits = await Promise.all(
      Array.from({ length: 5 }, async () => counts.consume('a', 3, WINDOW_MS)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    for (const wait of waits.slice(3)) expect(wait).toBeGreaterThan(WINDOW_MS - 1000);
    expect(statements.flat().reduce((sum, size) => sum + size, 0)).toBe(5);
  });

  it('do not query the database for a key over its limit', async () => {
    const { counts, statements } = countingDatabase();
    expect(await counts.consume('a', 1, WINDOW_MS)).toBe(0);
    expect(await counts.consume('a', 1, WINDOW_MS)).toBeGreaterThan(0);
    expect(statements).toHaveLength(1);
  });

  it('counts a small limit exactly, when other instances have used it up', async () => {
    const { counts } = countingDatabase(30);
    const waits = await Promise.all(
      Array.from({ length: 30 }, async () => counts.consume('a', 30, WINDOW_MS)),
    );
    expect(waits.filter((wait) => wait === 0)).toEqual([]);
  });

  it('allow at most a twentieth of a limit that others have used up', async () => {
    const { counts } = countingDatabase(100);
    const waits = await Promise.all(
      Array.from({ length: 50 }, async () => counts.consume('a', 100, WINDOW_MS)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('fall back to local counting when the database does not answer: after a second, then without waiting', async () => {
    let asked = 0;
    const silent = databaseThat(() => {
      asked += 1;
      return new Promise(() => undefined);
    });
    const counts = new SharedCounts(silent);
    const counted = counts.consume('a', 2, WINDOW_MS);
    expect(await Promise.race([counted, sleep(900, 'waiting')])).toBe('waiting');
    expect(await counted).toBe(0);
    expect(await counts.consume('a', 2, WINDOW_MS)).toBe(0);
    expect(await counts.consume('a', 2, WINDOW_MS)).toBeGreaterThan(WINDOW_MS - 5000);
    expect(asked).toBe(1);
  });
});
