import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { loadConfig } from '../../src/config/load-config.js';
import { type Database, openDatabase } from '../../src/database/database.js';
import { withMigrationLock } from '../../src/database/migration-lock.js';
import { migrations } from '../../src/database/migrations/migrations.js';
import type { Schema } from '../../src/database/schema.js';
import { schemaState } from '../../src/database/schema-state.js';
import { onPostgres } from '../support/on-store.js';
import { freePort } from '../support/free-port.mjs';
import {
  compileService,
  type Finished,
  ready,
  runCommand,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { SqliteFile } from '../support/sqlite-file.js';

/* Real processes that meet a database which is new, being migrated, or newer than they are. */

jest.setTimeout(90_000);

const names = Object.keys(migrations);
const ROUNDS = 4;

let compiled: ReturnType<typeof compileService>;
let store: TestDatabase;

beforeAll(() => {
  compiled = compileService();
});

afterAll(() => compiled.remove());

beforeEach(async () => {
  store = await createTestDatabase();
});

afterEach(() => store.drop());

const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  NODE_ENV: 'test',
  DATABASE_URL: store.url,
  SANDBOX: 'off',
  ...more,
});

const command = (args: string[], more: Record<string, string> = {}): Promise<Finished> =>
  runCommand(compiled.main, environment(more), args);

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const config = loadConfig({ DATABASE_URL: store.url });
  const database = openDatabase(config.database, () => undefined);
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

const migrated = ({ stdout, stderr }: Finished): string[] => {
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { migrated: string[] }).migrated;
};

describe('instances that start together', () => {
  it(`migrate once, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const finished = await Promise.all([1, 2, 3].map(() => command(['migrate', '--json'])));
      expect(finished.map(({ code, stderr }) => [code, stderr])).toEqual(
        Array.from({ length: 3 }, () => [0, '']),
      );
      const done = finished.map(migrated).toSorted((one, other) => other.length - one.length);
      expect(done).toEqual([names, [], []]);
      await store.drop();
      store = await createTestDatabase();
    }
  });
});

// An embedded database is served by one process.
onPostgres('instances that start together on PostgreSQL', () => {
  it('all become ready', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const ports = [await freePort(), await freePort()];
      const services: [string, ServiceProcess][] = ports.map((port) => [
        `http://localhost:${port}`,
        spawnService(compiled.main, environment({ PORT: String(port) })),
      ]);
      try {
        await Promise.all(services.map(([url, service]) => ready(url, service)));
      } finally {
        await Promise.all(services.map(([, service]) => stop(service)));
      }
      const state = await withDatabase(schemaState);
      expect(state).toEqual({ applied: names, pending: [], unknown: [] });
      await store.drop();
      store = await createTestDatabase();
    }
  });
});

/** Holds what an instance holds while it migrates. Returns what lets go of it. */
async function holdMigrationLock(): Promise<() => Promise<void>> {
  if (store.url.startsWith('file:')) {
    const file = new SqliteFile(store.url.slice('file:'.length));
    file.pragma('journal_mode = WAL');
    file.exec('begin immediate');
    return async () => {
      file.exec('commit');
      file.close();
    };
  }
  const client = new Client({ connectionString: store.url });
  await client.connect();
  await client.query('select pg_advisory_lock(3853314791062309107)');
  return () => client.end();
}

describe('an instance that starts while another one migrates', () => {
  it('waits for it, longer than the statement timeout', async () => {
    const release = await holdMigrationLock();
    const waiting = command(['migrate', '--json'], { DATABASE_STATEMENT_TIMEOUT_MS: '200' });
    const first = await Promise.race([waiting, sleep(3500, 'still waiting')]);
    expect(first).toBe('still waiting');
    await release();
    const finished = await waiting;
    expect([finished.code, migrated(finished)]).toEqual([0, names]);
    expect(finished.stderr).toBe(
      'Another instance is migrating the database. This one waits until it is done.\n',
    );
  });
});

describe('a database of a newer version', () => {
  beforeEach(async () => {
    await command(['migrate']);
    await withDatabase((database) =>
      sql`insert into latchkey_migration (name, timestamp) values ('9999-future', '2099-01-01')`.execute(
        database,
      ),
    );
  });

  it.each(['serve', 'migrate', 'migrate --check', 'users find ada'])(
    'is refused in one sentence by %s',
    async (line) => {
      const { code, stdout, stderr } = await command(line.split(' '));
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'The database was migrated by a newer version of Latchkey: this one does not know the migration 9999-future. Deploy that version or a newer one, or restore a backup that is older than it.\n',
      });
    },
  );
});

describe('a database that is not migrated', () => {
  const refused = {
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The database has not been migrated to this version of Latchkey, which needs the migrations? .*\. Run latchkey migrate, then try again\.\n$/,
    ),
  };

  beforeEach(async () => {
    // There, and empty.
    await withDatabase((database) => sql`select 1`.execute(database));
  });

  it('is refused by a service that does not migrate, until it has been migrated', async () => {
    const settings = { MIGRATE_AT_START: 'off', PORT: String(await freePort()) };
    expect(await command(['serve'], settings)).toEqual(refused);
    expect((await withDatabase(schemaState)).applied).toEqual([]);
    expect((await command(['migrate'])).code).toBe(0);
    const service = spawnService(compiled.main, environment(settings));
    await ready(`http://localhost:${settings.PORT}`, service);
    expect(await stop(service)).toBe(0);
  });

  it('is refused by commands, and reported by migrate --check', async () => {
    expect(await command(['users', 'find', 'ada'])).toEqual(refused);
    expect(await command(['migrate', '--check'])).toEqual(refused);
    const { code, stdout } = await command(['migrate', '--check', '--json']);
    expect([code, JSON.parse(stdout)]).toEqual([1, { applied: [], pending: names, unknown: [] }]);
    expect((await withDatabase(schemaState)).applied).toEqual([]);
  });

  it('is migrated by migrate, which lists what it did', async () => {
    expect(await command(['migrate'])).toEqual({
      code: 0,
      stdout: [...names.map((name) => `Done: ${name}\n`), 'The database is up to date.\n'].join(''),
      stderr: '',
    });
    expect(await command(['migrate', '--check'])).toEqual({
      code: 0,
      stdout: 'The database is up to date.\n',
      stderr: '',
    });
  });
});

describe('a database in which a migration fails', () => {
  it.each(['serve', 'migrate'])('is reported by %s, with its cause only', async (line) => {
    await withDatabase((database) => sql`create table users (theirs integer)`.execute(database));
    expect(await command([line])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The migration \S+ failed; the database is as it was before it\. Correct .*\nCaused by: .*users.* already exists.*\n$/,
      ),
    });
    expect((await withDatabase(schemaState)).applied).toEqual([]);
  });
});

/** Work that takes longer than the database allows a statement. */
const work = (db: Kysely<Schema>) => sql`select pg_sleep(0.6)`.execute(db);

// The embedded database has no statement timeout.
onPostgres('a database with a statement timeout of 200 ms', () => {
  it('exempts migrations from the statement timeout', async () => {
    await withDatabase(async (database) => {
      const name = sql.id(new URL(store.url).pathname.slice(1));
      await sql`alter database ${name} set statement_timeout = 200`.execute(database);
    });
    const waiting = { lockTimeoutMs: 1000, onWait: () => undefined };
    const { database: config } = loadConfig(environment());
    const database = openDatabase(config, () => undefined, 'migrations');
    try {
      await expect(work(database)).rejects.toMatchObject({ code: 'store_unavailable' });
      await expect(withMigrationLock(database, waiting, work)).resolves.toBeDefined();
    } finally {
      await database.destroy();
    }
  });
});

// The embedded database has no users and no schemas.
onPostgres('a database user who may not create tables in any schema', () => {
  it('is reported by migrate', async () => {
    const url = new URL(store.url);
    url.searchParams.set('options', '-c search_path=nowhere');
    expect(await command(['migrate'], { DATABASE_URL: url.href })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The database cannot be migrated: its user may not create tables there\. .*\nCaused by: .*\n$/,
      ),
    });
  });
});
