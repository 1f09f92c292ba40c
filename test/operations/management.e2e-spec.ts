import { createServer } from 'node:http';
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
  spawnService,
  stop,
} from '../support/service-process.js';

let compiled: ReturnType<typeof compileService>;
let sandbox: Sandbox;
let service: ServiceProcess | undefined;
let url: string;
let port: number;

beforeAll(async () => {
  compiled = compileService();
  port = await freePort();
  url = `http://localhost:${port}`;
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
}, 30_000);

afterAll(async () => {
  if (service !== undefined) await stop(service);
  await sandbox.close();
  compiled.remove();
});

const start = (environment: Record<string, string>): ServiceProcess =>
  spawnService(compiled.main, {
    PORT: String(port),
    LOG_LEVEL: 'warn',
    PROVIDER_TIMEOUT_MS: '2000',
    SHUTDOWN_DRAIN_MS: '0',
    ...providerKeys,
    ...sandbox.settings,
    ...environment,
  });

describe('the management port', () => {
  it('in use by another process fails the start', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = start({ MANAGEMENT_PORT: String(taken) });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toMatch(new RegExp(`Port ${taken} is taken.*MANAGEMENT_PORT`));
    other.close();
  }, 20_000);

  it('listens on loopback only, until the last request has been answered', async () => {
    const management = await freePort();
    service = start({ MANAGEMENT_PORT: String(management) });
    await ready(url, service);
    await expect(fetch(`http://127.0.0.2:${management}/metrics`)).rejects.toThrow('fetch failed');
    const metrics = () => fetch(`http://127.0.0.1:${management}/metrics`);
    expect((await metrics()).status).toBe(200);

    const browser = new Browser({ url });
    const page = await browser.start('facebook');
    const answer = await browser.consent(page, { person: 'ada', fault: 'token_timeout' });
    const waiting = browser.callback(answer);
    while (!sandbox.requests.some(({ path }) => path.endsWith('/access_token'))) await sleep(10);
    service.child.kill('SIGTERM');
    await sleep(500);
    expect((await metrics()).status).toBe(200);
    expect(locationOf(await waiting)).toMatch(/^\/\?error=provider_timeout&/);
    expect(await service.exited).toBe(0);
    await expect(metrics()).rejects.toThrow('fetch failed');
  }, 20_000);
});
