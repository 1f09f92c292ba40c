import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { startSandbox } from '../src/sandbox/sandbox.js';
import type { Sandbox } from '../src/sandbox/types.js';
import { Browser, locationOf } from './support/browser.js';
import { freePort } from './support/free-port.js';
import { startLoad } from './support/load.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from './support/service-process.js';

jest.setTimeout(60_000);

const DRAIN_MS = 2000;

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

async function start(environment: Record<string, string> = {}): Promise<void> {
  port = await freePort();
  url = `http://localhost:${port}`;
  const credentials = (id: string) => ({
    clientId: `${id}-client`,
    clientSecret: `${id}-secret`,
    redirectUri: `${url}/auth/${id}/callback`,
  });
  const facebook = credentials('facebook');
  const clients = { google: credentials('google'), twitter: credentials('twitter'), facebook };
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients });
  service = spawnService(compiled.main, {
    PORT: String(port),
    FACEBOOK_CLIENT_ID: facebook.clientId,
    FACEBOOK_CLIENT_SECRET: facebook.clientSecret,
    FACEBOOK_DIALOG_URL: sandbox.facebookDialogUrl,
    FACEBOOK_GRAPH_URL: sandbox.facebookGraphUrl,
    PROVIDER_TIMEOUT_MS: '4000',
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    SHUTDOWN_DRAIN_MS: String(DRAIN_MS),
    LOG_LEVEL: 'fatal',
    ...environment,
  });
  await ready(url, service);
}

/** Opens a connection and says something on it. Tells how it ended: `end` is an orderly close, all else a reset. */
async function connection(said: string): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = connect(port, 'localhost');
  await once(socket, 'connect');
  const ended = new Promise<string>((resolve) => {
    socket.once('end', () => resolve('end'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
  });
  socket.resume();
  if (said !== '') socket.write(said);
  return { socket, ended };
}

async function timed<T>(work: Promise<T>): Promise<[result: T, milliseconds: number]> {
  const began = performance.now();
  return [await work, performance.now() - began];
}

const GET = 'GET /auth/session HTTP/1.1\r\nHost: localhost\r\n\r\n';

it('resets nothing and refuses nothing under load, and says to everybody that it stops', async () => {
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
  const told = performance.now();
  let notReady = await fetch(`${url}/health/ready`);
  while (notReady.status === 200) notReady = await fetch(`${url}/health/ready`);
  expect([notReady.status, notReady.headers.get('connection')]).toEqual([503, 'close']);
  expect(notReady.headers.get('keep-alive')).toBeNull();
  expect((await fetch(`${url}/health/live`)).status).toBe(200);

  await load.ended;
  const drained = performance.now() - told;
  // Whoever was waiting for a provider is answered, long after the listener has closed.
  const callback = await waiting;
  expect(locationOf(callback)).toMatch(/^\/\?error=provider_timeout&/);
  expect(callback.headers['connection']).toBe('close');
  expect(await service.exited).toBe(0);
  expect(drained).toBeGreaterThan(DRAIN_MS - 100);
  expect(load.seen.errors).toEqual([]);
  expect(Object.keys(load.seen.statuses)).toEqual(['200']);
  expect(load.seen.closing).toBeGreaterThan(100);
  expect(await Promise.all([...idle, silent].map(({ ended }) => ended))).toEqual(
    Array.from({ length: 11 }, () => 'end'),
  );
  expect(service.output()).toBe('');
});

it('does not wait for ever for a client that does not finish its request', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '0', PROVIDER_TIMEOUT_MS: '100' });
  const { ended } = await connection('POST /auth/logout HTTP/1.1\r\nHost: localhost\r\nConte');
  await sleep(100);
  service.child.kill('SIGTERM');
  const [code, milliseconds] = await timed(service.exited);
  expect(code).toBe(0);
  expect(milliseconds).toBeGreaterThan(2500);
  expect(milliseconds).toBeLessThan(6000);
  await ended;
});

it('stops at once on SIGINT, whatever the drain', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '30000' });
  await fetch(`${url}/auth/session`);
  service.child.kill('SIGINT');
  const [code, milliseconds] = await timed(service.exited);
  expect([code, milliseconds < 2000]).toEqual([0, true]);
});

it('ends at once on a second signal', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '30000' });
  service.child.kill('SIGTERM');
  while ((await fetch(`${url}/health/ready`)).status !== 503) await sleep(10);
  service.child.kill('SIGTERM');
  const [code, milliseconds] = await timed(service.exited);
  expect([code, milliseconds < 2000]).toEqual([143, true]);
});

it('does not drain in development', async () => {
  await start({ SHUTDOWN_DRAIN_MS: '' });
  service.child.kill('SIGTERM');
  const [code, milliseconds] = await timed(service.exited);
  expect([code, milliseconds < 2000]).toEqual([0, true]);
});
