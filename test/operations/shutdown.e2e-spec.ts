import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { Browser, locationOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { startLoad } from '../support/load.js';
import { type MeddlingProxy, startProxy } from '../support/meddling-proxy.js';
import { clientsOf, providerKeys } from '../support/registration.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

jest.setTimeout(60_000);

const DRAIN_MS = 2000;
/** Longer than a test may take: the service has to stop before it for the test to end. */
const LONG_DRAIN_MS = '600000';

let compiled: ReturnType<typeof compileService>;
let sandbox: Sandbox;
let service: ServiceProcess;
let url: string;
let port: number;

beforeAll(() => {
  compiled = compileService();
}, 30_000);

afterEach(async () => {
  await stop(service);
  await sandbox.close();
});

afterAll(() => compiled.remove());

async function start(
  environment: Record<string, string> = {},
  settingsOf: (settings: Sandbox['settings']) => Promise<Sandbox['settings']> = async (settings) =>
    settings,
): Promise<void> {
  port = await freePort();
  url = `http://localhost:${port}`;
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
  service = spawnService(compiled.main, {
    PORT: String(port),
    ...providerKeys,
    ...(await settingsOf(sandbox.settings)),
    PROVIDER_TIMEOUT_MS: '4000',
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    SHUTDOWN_DRAIN_MS: String(DRAIN_MS),
    LOG_LEVEL: 'fatal',
    ...environment,
  });
  await ready(url, service);
}

interface Connection {
  /** What has been answered on it so far. */
  heard: () => string;
  /** How it ended: `end` is an orderly close, all else a reset. */
  ended: Promise<string>;
}

/** Opens a connection and says something on it. */
async function connection(said: string): Promise<Connection> {
  const socket = connect(port, 'localhost');
  await once(socket, 'connect');
  const ended = new Promise<string>((resolve) => {
    socket.once('end', () => resolve('end'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
  });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  if (said !== '') socket.write(said);
  return { heard: () => text, ended };
}

const GET = 'GET /auth/session HTTP/1.1\r\nHost: localhost\r\n\r\n';

it('resets and refuses no connection under load, and announces its shutdown', async () => {
  await start();
  const browser = new Browser({ url });
  const answer = await browser.consent(await browser.start('facebook'), {
    person: 'ada',
    fault: 'token_timeout',
  });
  const idle = await Promise.all(Array.from({ length: 10 }, () => connection(GET)));
  const silent = await connection('');
  const load = startLoad(url, '/auth/session', 40);
  await sleep(500);
  expect(load.seen.closing).toBe(0);
  const waiting = browser.callback(answer);
  while (!sandbox.requests.some(({ path }) => path.endsWith('/access_token'))) await sleep(5);

  const asked = await fetch(`${url}/auth/session`);
  expect(asked.headers.get('keep-alive')).toBe('timeout=5');
  service.child.kill('SIGTERM');
  const drain = sleep(DRAIN_MS - 100, 'drain');
  const endedFirst = Promise.race([drain, load.ended.then(() => 'load')]);
  let notReady = await fetch(`${url}/health/ready`);
  while (notReady.status === 200) notReady = await fetch(`${url}/health/ready`);
  expect([notReady.status, notReady.headers.get('connection')]).toEqual([503, 'close']);
  expect(notReady.headers.get('keep-alive')).toBeNull();
  expect((await fetch(`${url}/health/live`)).status).toBe(200);

  await load.ended;
  expect(await endedFirst).toBe('drain');
  // Whoever was waiting for a provider is answered, long after the listener has closed.
  const callback = await waiting;
  expect(locationOf(callback)).toMatch(/^\/\?error=provider_timeout&/);
  expect(callback.headers['connection']).toBe('close');
  expect(await service.exited).toBe(0);
  expect(load.seen.errors).toEqual([]);
  expect(Object.keys(load.seen.statuses)).toEqual(['200']);
  expect(load.seen.closing).toBeGreaterThan(100);
  expect(await Promise.all([...idle, silent].map(({ ended }) => ended))).toEqual(
    Array.from({ length: 11 }, () => 'end'),
  );
  expect(service.output()).toBe('');
});

it('waits for a callback whose provider is slow to answer each request', async () => {
  const providerMs = 8000;
  // Three seconds below it, which a busy machine has to spare.
  const holdMs = providerMs - 3000;
  let slow: MeddlingProxy | undefined;
  await start(
    { SHUTDOWN_DRAIN_MS: '0', PROVIDER_TIMEOUT_MS: String(providerMs) },
    async (settings) => {
      const graph = new URL(settings.FACEBOOK_GRAPH_URL);
      slow = await startProxy(Number(graph.port));
      slow.meddling.holdMs = holdMs;
      return { ...settings, FACEBOOK_GRAPH_URL: slow.url + graph.pathname };
    },
  );
  const browser = new Browser({ url });
  const answer = await browser.consent(await browser.start('facebook'), { person: 'ada' });
  const waiting = browser.callback(answer);
  const began = Date.now();
  await sleep(500);
  service.child.kill('SIGTERM');
  expect(locationOf(await waiting)).toBe('/account#');
  // The token and the profile: together longer than the time of one of them and what is given beyond it.
  expect(Date.now() - began).toBeGreaterThan(2 * holdMs - 500);
  expect(await service.exited).toBe(0);
  await slow?.close();
});

it('does not wait forever for a client that does not finish its request', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '0', PROVIDER_TIMEOUT_MS: '100' });
  const { heard, ended } = await connection(
    'POST /auth/logout HTTP/1.1\r\nHost: localhost\r\nConte',
  );
  await sleep(100);
  service.child.kill('SIGTERM');
  const exited = service.exited.then(() => 'exited');
  expect(await Promise.race([exited, sleep(2500, 'waiting')])).toBe('waiting');
  expect(await service.exited).toBe(0);
  await ended;
  // Sooner than 15 s, when it would have been told that its headers take too long.
  expect(heard()).toBe('');
});

it('exits at once on SIGINT, whatever the drain', async () => {
  await start({ SHUTDOWN_DRAIN_MS: LONG_DRAIN_MS });
  await fetch(`${url}/auth/session`);
  service.child.kill('SIGINT');
  expect(await service.exited).toBe(0);
});

it('exits at once on a second signal', async () => {
  await start({ SHUTDOWN_DRAIN_MS: LONG_DRAIN_MS });
  service.child.kill('SIGTERM');
  while ((await fetch(`${url}/health/ready`)).status !== 503) await sleep(10);
  service.child.kill('SIGTERM');
  expect(await service.exited).toBe(143);
});

it('does not drain in development', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '' });
  // It is killed while it drains for as long as in production, and then has no code.
  expect(await stop(service)).toBe(0);
});

it('keeps a connection that nobody uses for KEEP_ALIVE_SECONDS', async () => {
  await start({ KEEP_ALIVE_SECONDS: '2' });
  const idle = await connection(GET);
  while (idle.heard() === '') await sleep(5);
  expect(idle.heard()).toMatch(/^Keep-Alive: timeout=2\r$/m);
  const answeredAt = performance.now();
  expect(await idle.ended).toBe('end');
  const kept = performance.now() - answeredAt;
  expect(kept).toBeGreaterThan(1900);
  // Node adds a second, and looks in turns.
  expect(kept).toBeLessThan(6000);
});
