import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Client } from 'pg';
import { Lifecycle } from '../../src/common/lifecycle.js';
import { serviceVersion } from '../../src/common/version.js';
import { migrations } from '../../src/database/migrations/migrations.js';
import { onPostgres } from '../support/on-store.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { management, samplesOf, scrape, valueOf } from '../support/metrics.js';
import { takeStore } from '../support/take-store.js';

interface Details {
  status: string;
  version: string;
  schemaVersion: string | null;
  checks: { name: string; status: string; reason?: string; durationMs: number }[];
}

let latchkey: Latchkey;
let visitor: Browser;

beforeEach(async () => {
  latchkey = await startLatchkey({
    MANAGEMENT_PORT: String(await freePort()),
    DATABASE_CONNECT_TIMEOUT_MS: '1000',
  });
  visitor = new Browser(latchkey);
}, 20_000);

afterEach(() => latchkey.close());

async function details(): Promise<{ status: number; body: Details }> {
  const response = await management(latchkey, '/health/ready');
  return { status: response.status, body: (await response.json()) as Details };
}

/** Checks that the service lives and is not ready: what the public is told, and what the operator is told. */
async function expectNotReady(
  code: 'store_unavailable' | 'not_ready',
  check: string,
  reason: RegExp,
): Promise<void> {
  expect((await visitor.api('/health/live')).status).toBe(200);
  expect((await management(latchkey, '/health/live')).status).toBe(200);
  const answer = await visitor.api('/health/ready');
  expectProblem(answer, code);
  expect(answer.status).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  const { status, body } = await details();
  expect([status, body.status]).toEqual([503, 'failed']);
  expect(body.checks).toContainEqual({
    name: check,
    status: 'failed',
    reason: expect.stringMatching(reason),
    durationMs: expect.any(Number),
  });
  expect(valueOf(samplesOf(await scrape(latchkey)), 'latchkey_check_up', { check })).toBe(0);
}

async function expectReady(): Promise<void> {
  const answer = await visitor.api('/health/ready');
  expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  expect((await details()).status).toBe(200);
}

describe('a ready service', () => {
  it('answers ok, without details to the public', async () => {
    await expectReady();
    const live = await visitor.api('/health/live');
    expect([live.status, live.text]).toEqual([200, '{"status":"ok"}']);
  });

  it('reports its checks and version on the management port', async () => {
    expect((await details()).body).toEqual({
      status: 'ok',
      version: serviceVersion,
      uptimeSeconds: expect.any(Number),
      schemaVersion: Object.keys(migrations).at(-1),
      checks: ['database', 'migrations', 'lifecycle'].map((name) => ({
        name,
        status: 'ok',
        durationMs: expect.any(Number),
      })),
    });
    expect(serviceVersion).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('a service is not ready', () => {
  it('while it is shutting down', async () => {
    await expectReady();
    latchkey.app.get(Lifecycle).stop();
    await expectNotReady('not_ready', 'lifecycle', /shutting down/);
  });

  it('while its database lacks a migration', async () => {
    await sql`update latchkey_migration set name = '0000-old' where name = '0001-schema'`.execute(
      latchkey.database,
    );
    await expectNotReady('not_ready', 'migrations', /^Not applied: 0001-schema\.$/);
    await sql`update latchkey_migration set name = '0001-schema' where name = '0000-old'`.execute(
      latchkey.database,
    );
    await expectReady();
  });

  it('on a database of a newer version, unless it was ready before', async () => {
    const migrateFurther = sql`insert into latchkey_migration (name, timestamp) values ('9999-future', '2099')`;
    await migrateFurther.execute(latchkey.database);
    await expectNotReady('not_ready', 'migrations', /newer version of the service: 9999-future/);
    await sql`delete from latchkey_migration where name = '9999-future'`.execute(latchkey.database);
    await expectReady();
    await migrateFurther.execute(latchkey.database);
    await expectReady();
  });

  it('without its database, while metrics can still be read', async () => {
    const comeBack = await takeStore(latchkey);
    try {
      await expectNotReady('store_unavailable', 'database', /./);
      const text = await scrape(latchkey);
      expect(text).toContain('# TYPE latchkey_sessions_active gauge');
      expect(samplesOf(text).map(({ name }) => name)).not.toContain('latchkey_sessions_active');
    } finally {
      await comeBack();
    }
    await expectReady();
    expect(samplesOf(await scrape(latchkey)).map(({ name }) => name)).toContain(
      'latchkey_sessions_active',
    );
  });
});

// Only a server can delay an answer: the embedded database answers synchronously.
onPostgres('a database that does not answer', () => {
  let other: Client;

  beforeEach(async () => {
    other = new Client({ connectionString: latchkey.environment['DATABASE_URL'] });
    await other.connect();
    await other.query('begin');
    await other.query('lock table claimed_attempts, sessions in access exclusive mode');
  });

  afterEach(async () => {
    await other.end();
  });

  it('is waited for two seconds by all probes together, on one connection', async () => {
    const order: string[] = [];
    const asked = Array.from({ length: 30 }, async () => {
      expect((await visitor.api('/health/ready')).status).toBe(503);
      order.push('asked at once');
    });
    // Whoever asks when one has been answered waits two seconds of their own: all others have been answered by then.
    await Promise.race(asked);
    const later = await details();
    order.push('asked later');
    expect(order).toEqual([...asked.map(() => 'asked at once'), 'asked later']);
    await Promise.all(asked);
    expect(later.body.checks[0]).toMatchObject({
      reason: expect.stringContaining('within 2000 ms'),
    });
    const { rows } = await other.query<{ waiting: string }>(
      `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(Number(rows[0]?.waiting)).toBeLessThanOrEqual(2);
    const samples = samplesOf(await scrape(latchkey));
    expect(samples.map(({ name }) => name)).not.toContain('latchkey_sessions_active');
    await other.query('rollback');
    await expectReady();
  }, 20_000);
});
