import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/database/database.js';
import { type PostgresServer, startPostgres } from '../postgres/server.mjs';
import { compileService } from '../support/service-process.js';
import { countLosses, type Rounds } from './support/kill-rounds.js';
import { randomFrom, seedOfRun } from './support/random.js';
import { report } from './support/report.js';
import { type Service, startService, untilReady } from './support/service.js';
import { SqliteFile } from '../support/sqlite-file.js';

/** SEED=… repeats a run: the same people do the same at the same moments, as far as a machine lets them. */
const seed = seedOfRun();
/** KILLS=… makes as many kills of each kind. */
const killsOr = (usual: number) => Number(process.env['KILLS'] ?? usual);
const PATIENCE_MS = 400_000;

let compiled: ReturnType<typeof compileService>;

beforeAll(() => {
  compiled = compileService();
  report(`seed ${seed} (SEED=${seed} repeats this run)`);
}, 30_000);

afterAll(() => compiled.remove());

async function expectNoLosses(rounds: Rounds): Promise<void> {
  const { losses, acknowledged } = await countLosses(rounds);
  expect(losses).toEqual([]);
  expect(acknowledged).toBeGreaterThan(rounds.rounds * 3);
}

/** Kills the service; it comes back as a supervisor would start it. */
async function strikeService(service: Service): Promise<() => Promise<number>> {
  await service.kill();
  return () => service.start();
}

describe('kill -9 in a load of sign-ins, on the embedded database,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-killed-'));
  const file = join(folder, 'test.db');
  let service: Service;
  let database: Database;

  beforeAll(async () => {
    service = await startService(compiled.main, { DATABASE_URL: `file:${file}` });
    database = openDatabase({ kind: 'file', file }, () => undefined);
  }, 30_000);

  afterAll(async () => {
    await database.destroy();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'loses nothing that was acknowledged, and leaves nobody by half',
    async () => {
      await expectNoLosses({
        name: 'service killed, embedded',
        rounds: killsOr(20),
        service,
        database,
        random: randomFrom(seed),
        strike: () => strikeService(service),
      });
      const other = new SqliteFile(file);
      expect(other.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(other.pragma('foreign_key_check')).toEqual([]);
      other.close();
    },
    PATIENCE_MS,
  );
});

describe('kill -9 in a load of sign-ins, on PostgreSQL,', () => {
  let server: PostgresServer;
  let service: Service;
  let database: Database;

  async function start(postgres: { durable?: boolean; forgetful?: boolean }): Promise<void> {
    server = await startPostgres(postgres);
    service = await startService(compiled.main, {
      DATABASE_URL: server.url,
      DATABASE_CONNECT_TIMEOUT_MS: '1000',
    });
    const deadlines = { connectTimeoutMs: 3000, statementTimeoutMs: 5000 };
    database = openDatabase(
      { kind: 'postgres', url: server.url, poolSize: 2, preparedStatements: true, ...deadlines },
      () => undefined,
    );
  }

  /** Kills the database; the service is not touched. */
  async function strikeDatabase(): Promise<() => Promise<number>> {
    await server.kill();
    return async () => {
      await server.start();
      const began = Date.now();
      await untilReady(service.url);
      return Date.now() - began;
    };
  }

  afterEach(async () => {
    await database.destroy();
    await service.close();
    await server.remove();
  });

  it(
    'of the service loses nothing that was acknowledged, and leaves nobody by half',
    async () => {
      await start({ durable: true });
      await expectNoLosses({
        name: 'service killed, PostgreSQL',
        rounds: killsOr(10),
        service,
        database,
        random: randomFrom(seed + 1),
        strike: () => strikeService(service),
      });
    },
    PATIENCE_MS,
  );

  it(
    'of the database loses nothing that was acknowledged, and the service goes on without a restart',
    async () => {
      await start({ durable: true });
      const before = service.process();
      await expectNoLosses({
        name: 'database killed, PostgreSQL',
        rounds: killsOr(5),
        service,
        database,
        random: randomFrom(seed + 2),
        strike: strikeDatabase,
      });
      expect(service.process()).toBe(before);
    },
    PATIENCE_MS,
  );

  it(
    'of a database that acknowledges what it has not written is seen to lose it: the count is not blind',
    async () => {
      await start({ forgetful: true });
      // The tables are to survive.
      await sql`checkpoint`.execute(database);
      const seen: string[] = [];
      // A slow machine acknowledges little between two kills.
      for (let turn = 0; turn < 5 && seen.length === 0; turn += 1) {
        const { losses } = await countLosses({
          name: 'forgetful database killed, PostgreSQL',
          rounds: 3,
          service,
          database,
          random: randomFrom(seed + 3 + turn),
          strike: strikeDatabase,
        });
        seen.push(...losses);
      }
      expect(seen).not.toEqual([]);
    },
    PATIENCE_MS,
  );
});
