import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { freePort } from '../support/free-port.mjs';
import {
  compileService,
  ready,
  runCommand,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

/* One process serves an embedded database, and what it says when it has started. */

jest.setTimeout(60_000);

let compiled: ReturnType<typeof compileService>;
let folder: string;
let file: string;
const started: ServiceProcess[] = [];

beforeAll(() => {
  compiled = compileService();
}, 30_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-one-'));
  file = join(folder, 'data', 'latchkey.db');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map(stop));
  rmSync(folder, { recursive: true, force: true });
});

afterAll(() => compiled.remove());

interface Started {
  url: string;
  service: ServiceProcess;
}

async function spawned(environment: Record<string, string> = {}): Promise<Started> {
  const port = await freePort();
  const settings = { PORT: String(port), SANDBOX: 'off', DATABASE_URL: `file:${file}` };
  const service = spawnService(compiled.main, { ...settings, ...environment });
  started.push(service);
  return { url: `http://localhost:${port}`, service };
}

async function served(environment: Record<string, string> = {}): Promise<Started> {
  const one = await spawned(environment);
  await ready(one.url, one.service);
  return one;
}

/** Waits until a service has said something. Returns what it has said by then. */
async function saying(service: ServiceProcess, words: string): Promise<string> {
  for (let tries = 0; tries < 400 && !service.output().includes(words); tries += 1) await sleep(25);
  return service.output();
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/health/ready`)).status === 200;
}

describe('a second service on one embedded database', () => {
  it('waits ten seconds, says so, and is refused; the first goes on', async () => {
    const first = await served();
    const began = Date.now();
    const second = await spawned();
    expect(await second.service.exited).toBe(1);
    expect(Date.now() - began).toBeGreaterThan(9500);
    expect(second.service.output()).toContain(
      'Another process serves this database. This one waits ten seconds for it to stop.',
    );
    expect(second.service.output()).toContain(
      `Another process serves the database ${file}. Stop that one:`,
    );
    expect(second.service.output()).not.toContain('    at ');
    expect(await isReady(first.url)).toBe(true);
  });

  it('starts when the first has stopped, as at a restart', async () => {
    const first = await served({ SHUTDOWN_DRAIN_MS: '1500' });
    const second = await spawned();
    first.service.child.kill('SIGTERM');
    await ready(second.url, second.service);
    expect(await first.service.exited).toBe(0);
  });

  it('starts when the first was killed: nothing of it is left to clean up', async () => {
    const first = await served();
    first.service.child.kill('SIGKILL');
    await first.service.exited;
    const second = await served();
    expect(second.service.output()).not.toContain('Another process');
    expect(statSync(`${file}.lock`)).toMatchObject({ size: 0 });
    expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600);
  });

  it('can be told to stop while it waits', async () => {
    await served();
    const second = await spawned();
    await saying(second.service, 'Another process serves this database');
    second.service.child.kill('SIGTERM');
    expect(await second.service.exited).toBe(0);
  });
});

it('commands run beside the service', async () => {
  const { url } = await served();
  const environment = { SANDBOX: 'off', DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent' };
  for (const command of [
    ['migrate', '--check'],
    ['users', 'find', 'nobody@example.com'],
  ]) {
    const { code, stderr } = await runCommand(compiled.main, environment, command);
    expect([command, code]).toEqual([command, 0]);
    expect(stderr).not.toContain('Another process');
  }
  expect(await isReady(url)).toBe(true);
});

describe('a service that has started', () => {
  it('says where it listens, and what the doctor finds without asking anybody', async () => {
    const { url, service } = await served({
      PUBLIC_URL: 'https://id.test',
      SESSION_SECRET: 'canary-kPz0cWq3nTn1T5Zb7oUu2hYf9mXe',
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'canary-Vv8s1Jd0',
      GOOGLE_ISSUER: 'https://accounts.google.com',
    });
    const output = await saying(service, 'TRUST_PROXY is off');
    expect(output).toContain(
      `Latchkey is ready: https://id.test/ (it listens on 127.0.0.1:${new URL(url).port})`,
    );
    const warnings = output.split('\n').filter((line) => line.includes('doctor_finding'));
    expect(warnings).toEqual([
      expect.stringMatching(/WARN.*NODE_ENV is not production.*Set NODE_ENV=production\./),
      expect.stringMatching(/WARN.*TRUST_PROXY is off.*Set TRUST_PROXY to the number of proxies/),
    ]);
    expect(output).not.toContain('canary');
  });

  it('has nothing more to say where nothing is wrong, and goes on where much is', async () => {
    const { service } = await served({ SANDBOX: 'on', SANDBOX_PORT: String(await freePort()) });
    await sleep(1000);
    expect(service.output()).not.toContain('doctor_finding');
    await stop(service);
    const broken = await served();
    expect(await saying(broken.service, 'doctor_finding')).toContain('No provider is on');
    expect(await isReady(broken.url)).toBe(true);
  });
});
