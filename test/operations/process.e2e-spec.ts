import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { Browser, locationOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { clientsOf, providerKeys } from '../support/registration.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService as spawn,
  stop,
} from '../support/service-process.js';

let compiled: ReturnType<typeof compileService>;
const started: ServiceProcess[] = [];

function spawnService(environment: Record<string, string>): ServiceProcess {
  const service = spawn(compiled.main, environment);
  started.push(service);
  return service;
}

beforeAll(() => {
  compiled = compileService();
}, 30_000);

afterAll(async () => {
  await Promise.all(started.map(stop));
  compiled.remove();
});

describe('an invalid configuration', () => {
  it('ends the start with code 1, names every variable and prints no secret', async () => {
    const service = spawnService({
      NODE_ENV: 'production',
      PORT: 'eighty',
      PUBLIC_URL: 'http://id.test',
      SESSION_SECRET: 'hunter2',
      GOOGLE_CLIENT_SECRET: 'hunter2',
      FACEBOOK_GRAPH_URL: 'http://user:hunter2@graph.test',
      SANDBOX: 'on',
    });
    expect(await service.exited).toBe(1);
    const named = service
      .output()
      .split('\n')
      .flatMap((line) => /^ {2}([A-Z_]+)/.exec(line)?.[1] ?? []);
    expect(named.toSorted()).toEqual([
      'FACEBOOK_GRAPH_URL',
      'GOOGLE_CLIENT_ID',
      'PORT',
      'PUBLIC_URL',
      'SANDBOX',
      'SESSION_SECRET',
    ]);
    expect(service.output()).not.toContain('hunter2');
    expect(service.output()).not.toContain('    at ');
  }, 15_000);

  it('includes a database that cannot be opened', async () => {
    const service = spawnService({
      PORT: String(await freePort()),
      SANDBOX: 'off',
      DATABASE_URL: 'file:/dev/null/latchkey.db',
    });
    expect(await service.exited).toBe(1);
    expect(service.output()).not.toBe('');
  }, 15_000);
});

describe('a service on SIGTERM', () => {
  let sandbox: Sandbox;

  afterAll(() => sandbox.close());

  it('finishes requests in flight, and exits with code 0', async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
    const service = spawnService({
      PORT: String(port),
      ...providerKeys,
      ...sandbox.settings,
      PROVIDER_TIMEOUT_MS: '1500',
      LOG_LEVEL: 'warn',
    });
    await ready(url, service);
    const browser = new Browser({ url });
    const page = await browser.start('facebook');
    const answer = await browser.consent(page, { person: 'ada', fault: 'token_timeout' });
    const waiting = browser.callback(answer);
    while (!sandbox.requests.some(({ path }) => path.endsWith('/access_token'))) await sleep(10);
    service.child.kill('SIGTERM');

    expect(locationOf(await waiting)).toMatch(/^\/\?error=provider_timeout&/);
    expect(await service.exited).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  }, 20_000);
});
