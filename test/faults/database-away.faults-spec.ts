import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../postgres/server.mjs';
import { signedIn } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { compileService } from '../support/service-process.js';
import { ask, slowest, startLoad, tally } from './support/load.js';
import { peopleOf } from './support/people.js';
import { report } from './support/report.js';
import { type Service, startService, untilReady } from './support/service.js';

let compiled: ReturnType<typeof compileService>;
let server: PostgresServer;
let service: Service;

beforeAll(async () => {
  compiled = compileService();
  server = await startPostgres();
  // The defaults, deadlines included.
  service = await startService(compiled.main, { DATABASE_URL: server.url });
}, 60_000);

afterEach(() => server.thaw());

afterAll(async () => {
  await service.close();
  await server.remove();
  compiled.remove();
});

describe('a database that is stopped', () => {
  it.each(['stop', 'kill'] as const)(
    'by %s is answered 503 at once, and forgotten when it has been started again',
    async (how) => {
      const { member, kinds } = await peopleOf(service);
      const load = startLoad(kinds, 50);
      await sleep(800);
      const stoppedAt = Date.now();
      await server[how]();
      const gone = Date.now();
      await sleep(2000);
      const startedAt = Date.now();
      await server.start();
      const up = Date.now();
      await untilReady(service.url);
      const recovered = Date.now() - up;
      await sleep(500);
      const answers = await load.stop();

      const away = answers.filter(({ began, ended }) => began >= gone && ended < startedAt);
      expect(away.length).toBeGreaterThan(100);
      expect(new Set(away.map(({ status }) => status))).toEqual(new Set([503]));
      expect(away.filter(({ location }) => location !== null)).toEqual([]);
      expect(slowest(away)).toBeLessThan(2000);
      const wrong = answers.filter(({ status }) => [0, 401, 500].includes(status));
      expect(wrong).toEqual([]);
      expect(recovered).toBeLessThan(2000);
      expect((await member.api('/users/me')).status).toBe(200);
      report(
        `database ${how === 'stop' ? 'stopped' : 'killed'} for ${up - stoppedAt} ms: ${tally(away)}, ` +
          `slowest ${slowest(away)} ms, ready again ${recovered} ms after the database`,
      );
    },
    30_000,
  );
});

describe('connections that are cut', () => {
  it('cost at most what was under way a 503, and nobody else anything', async () => {
    const member = await signedIn(service);
    const load = startLoad({ read: () => member.api('/users/me') }, 5);
    const cuts: number[] = [];
    for (let cut = 0; cut < 5; cut += 1) {
      await sleep(300);
      cuts.push(Date.now());
      await cutConnections();
    }
    await sleep(300);
    const answers = await load.stop();
    const hit = answers.filter(({ status }) => status !== 200);
    expect(hit.filter(({ status }) => status !== 503)).toEqual([]);
    // The server takes a moment to end them all, and the service one to hear of it.
    const isUnderWay = (began: number, ended: number) =>
      cuts.some((at) => ended >= at && began <= at + 200);
    expect(hit.filter(({ began, ended }) => !isUnderWay(began, ended))).toEqual([]);
    report(`connections cut ${cuts.length} times: ${tally(answers)} of ${answers.length} requests`);
  });
});

async function cutConnections(): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey'`,
  );
  await client.end();
}

describe('with the default deadlines', () => {
  it('a frozen database is answered 503 within ten seconds, by all', async () => {
    const { kinds } = await peopleOf(service);
    server.freeze();
    const answers = await Promise.all([
      ...Object.entries(kinds).map(([kind, send]) => ask(kind, send)),
      // More than there are connections: the last ones wait for one first.
      ...Array.from({ length: 40 }, () => ask('read', kinds.read)),
      ask('live', () => new Browser(service).api('/health/live')),
    ]);
    const live = answers.pop();
    expect(live?.status).toBe(200);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(slowest(answers)).toBeLessThan(10_000);
    const thawed = Date.now();
    server.thaw();
    await untilReady(service.url);
    report(
      `frozen, default deadlines: ${tally(answers)}, slowest ${slowest(answers)} ms, ` +
        `ready again ${Date.now() - thawed} ms after the thaw`,
    );
  }, 30_000);
});
