import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../../src/database/database.js';
import { type PostgresServer, startPostgres } from '../postgres/server.mjs';
import { linkCallback, outcomeOf, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';
import { compileService } from '../support/service-process.js';
import { startGate, type Gate } from './support/gate.js';
import { type Answered, ask, slowest, startLoad, tally } from './support/load.js';
import { peopleOf } from './support/people.js';
import { report } from './support/report.js';
import { type Service, startService, untilReady } from './support/service.js';

const CONNECT_MS = 500;
const STATEMENT_MS = 500;
/** What the service adds to the server's own deadline, and time for this machine to be busy. */
const GRACE_MS = 500;
const MARGIN_MS = 1000;
const DEADLINE_MS = CONNECT_MS + STATEMENT_MS + GRACE_MS + MARGIN_MS;

const postgres = (url: string, statementTimeoutMs = 5000) =>
  ({
    kind: 'postgres',
    url,
    poolSize: 2,
    preparedStatements: true,
    connectTimeoutMs: 3000,
    statementTimeoutMs,
  }) as const;

let compiled: ReturnType<typeof compileService>;
let server: PostgresServer;
let database: Database;

beforeAll(async () => {
  compiled = compileService();
  server = await startPostgres();
  database = openDatabase(postgres(server.url), () => undefined);
}, 60_000);

afterEach(() => server.thaw());

afterAll(async () => {
  await database.destroy();
  await server.remove();
  compiled.remove();
});

describe('a database that is frozen', () => {
  let service: Service;
  let gate: Gate;

  beforeAll(async () => {
    service = await startService(compiled.main, async (sandbox) => {
      gate = await startGate(Number(new URL(sandbox.url).port));
      return {
        FACEBOOK_GRAPH_URL: `http://127.0.0.1:${gate.port}/graph`,
        DATABASE_URL: server.url,
        DATABASE_POOL_SIZE: '4',
        DATABASE_CONNECT_TIMEOUT_MS: String(CONNECT_MS),
        DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_MS),
      };
    });
  });

  afterAll(async () => {
    await service.close();
    gate.close();
  });

  /** Sends a callback, and freezes the database while the provider is being asked. */
  async function freezeWithin(browser: Browser, callback: string): Promise<Answered> {
    gate.shut();
    const under = ask('callback', () => browser.callback(callback));
    await gate.knocked();
    server.freeze();
    const began = Date.now();
    gate.open();
    return { ...(await under), began };
  }

  it('is answered 503 by every request within the deadlines, and forgotten once it thaws', async () => {
    const { member, kinds } = await peopleOf(service);
    const load = startLoad(kinds, 50);
    const pulse = startLoad({ live: () => new Browser(service).api('/health/live') }, 50);
    await sleep(800);
    const before = service.memory();
    server.freeze();
    const frozenAt = Date.now();
    await sleep(5000);
    const during = service.memory();
    const thawedAt = Date.now();
    server.thaw();
    await untilReady(service.url);
    const recovered = Date.now() - thawedAt;
    await sleep(1000);
    const answers = await load.stop();
    const lives = await pulse.stop();

    const struck = answers.filter(({ began }) => began >= frozenAt && began < thawedAt);
    const settled = struck.filter(({ ended }) => ended < thawedAt);
    expect(settled.length).toBeGreaterThan(200);
    expect(new Set(settled.map(({ status, code }) => `${status} ${code}`))).toEqual(
      new Set(['503 store_unavailable', '503 null']),
    );
    // Pages say so as pages; everything else as a problem.
    expect(settled.filter(({ code }) => code === null).every(({ kind }) => kind === 'page')).toBe(
      true,
    );
    expect(settled.filter(({ location }) => location !== null)).toEqual([]);
    expect(slowest(struck)).toBeLessThan(DEADLINE_MS);
    expect(new Set(lives.map(({ status }) => status))).toEqual(new Set([200]));
    // After the thaw two cores work off what came meanwhile, and liveness waits for its turn like all else.
    const frozenLives = lives.filter(({ began, ended }) => began >= frozenAt && ended < thawedAt);
    expect(frozenLives.length).toBeGreaterThan(50);
    expect(slowest(frozenLives)).toBeLessThan(1000);
    expect(slowest(lives)).toBeLessThan(DEADLINE_MS);
    expect(during - before).toBeLessThan(100);
    // Nobody is sent away or signed out by what was answered while it went and came.
    expect(
      answers.filter(({ status }) => status === 401 || status === 500 || status === 0),
    ).toEqual([]);
    expect(recovered).toBeLessThan(DEADLINE_MS);
    expect((await member.api('/users/me')).status).toBe(200);
    await expectInvariants(database);
    report(
      `frozen 5 s: ${tally(settled)}, slowest ${slowest(struck)} ms, live within ${slowest(frozenLives)} ms (${slowest(lives)} after the thaw), ` +
        `ready again ${recovered} ms after the thaw, memory ${before} → ${during} MB`,
    );
  });

  it('makes a queue of bounded length in time: a hundred at once wait no longer than one', async () => {
    const member = await signedIn(service);
    server.freeze();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask('read', () => member.api('/users/me'))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    // All but the few who have a connection wait for one, and no longer than for that.
    const waits = answers.map(({ began, ended }) => ended - began);
    expect(waits.filter((wait) => wait < CONNECT_MS + MARGIN_MS).length).toBeGreaterThanOrEqual(90);
    expect(slowest(answers)).toBeLessThan(DEADLINE_MS);
    server.thaw();
    await untilReady(service.url);
    expect((await member.api('/users/me')).status).toBe(200);
  });

  it('in the middle of a transaction fails it within one deadline: no roll-back is waited for', async () => {
    await signedIn(service);
    const store = openDatabase(postgres(server.url, STATEMENT_MS), () => undefined);
    let began = 0;
    const transaction = store.transaction().execute(async (trx) => {
      await trx.deleteFrom('users').execute();
      server.freeze();
      began = Date.now();
      await trx.selectFrom('users').select('id').execute();
    });
    await expect(transaction).rejects.toMatchObject({ code: 'store_unavailable' });
    const took = Date.now() - began;
    server.thaw();
    await store.destroy();
    expect(took).toBeLessThan(STATEMENT_MS + GRACE_MS + 400);
    expect(await database.selectFrom('users').select('id').execute()).not.toEqual([]);
  });

  it('in the middle of a sign-in: 503, nothing half written, and a new try works', async () => {
    const person = somebody();
    const visitor = new Browser(service);
    const callback = await visitor.consent(await visitor.start('facebook'), person);
    const answer = await freezeWithin(visitor, callback);
    expect([answer.status, answer.location]).toEqual([503, null]);
    expect(answer.ended - answer.began).toBeLessThan(DEADLINE_MS);
    server.thaw();
    await untilReady(service.url);
    await expectInvariants(database);
    expect((await visitor.api('/users/me')).status).toBe(401);
    expect(outcomeOf(await visitor.callback(callback))).toBe('invalid_state');
    expect(outcomeOf(await visitor.signIn('facebook', person))).toBe('/account');
    await expectInvariants(database);
  });

  it('in the middle of connecting a provider: 503 within one deadline, and nothing is connected', async () => {
    const member = await signedIn(service);
    const callback = await linkCallback(member, 'facebook', somebody());
    const answer = await freezeWithin(member, callback);
    expect([answer.status, answer.location]).toEqual([503, null]);
    expect(answer.ended - answer.began).toBeLessThan(DEADLINE_MS);
    server.thaw();
    await untilReady(service.url);
    expect((await member.api('/users/me')).body.identities).toHaveLength(1);
    await expectInvariants(database);
  });
});
