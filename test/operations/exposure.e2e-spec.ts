import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Browser, locationOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { problemOf, raw } from '../support/raw.js';
import {
  compileService,
  ready,
  runCommand,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

/* Who can reach the service decides what it may be started with: processes as their operators start them. */

let compiled: ReturnType<typeof compileService>;
let folder: string;
let DATABASE_URL: string;
const started: ServiceProcess[] = [];

jest.setTimeout(60_000);

beforeAll(() => {
  compiled = compileService();
  folder = mkdtempSync(join(tmpdir(), 'latchkey-exposure-'));
  DATABASE_URL = `file:${join(folder, 'data', 'latchkey.db')}`;
}, 30_000);

afterEach(async () => {
  await Promise.all(started.splice(0).map(stop));
  rmSync(join(folder, 'data'), { recursive: true, force: true });
});

afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a service with the sandbox, and nothing set but where. Resolves when it is ready. */
async function start(environment: Record<string, string> = {}) {
  const port = environment['PORT'] ?? (await freePort());
  const sandboxPort = environment['SANDBOX_PORT'] ?? (await freePort());
  const url = `http://localhost:${port}`;
  const service = spawnService(compiled.main, {
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATABASE_URL,
    ...environment,
  });
  started.push(service);
  await ready(url, service);
  return { url, service, sandboxUrl: `http://127.0.0.1:${sandboxPort}` };
}

/** The warnings in the log that match, once there are so many. */
async function warningsIn(service: ServiceProcess, of: RegExp, count: number): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const lines = service.output().split('\n');
    const warnings = lines.filter((line) => line.includes('WARN') && of.test(line));
    if (warnings.length >= count || tries === 200) return warnings;
    await sleep(20);
  }
}

const secretFile = () => join(folder, 'data', 'session_secret');

describe('a secret that nobody has set', () => {
  it('is kept beside the database for its owner only, and told to nobody', async () => {
    const { url, service } = await start();
    const browser = new Browser({ url });
    await browser.signIn('google', { person: 'ada' });
    const secret = readFileSync(secretFile(), 'utf8').trim();
    expect(secret).toMatch(/^[\w-]{64}$/);
    expect(statSync(secretFile()).mode & 0o777).toBe(0o600);
    expect(service.output()).toContain(`a random one is kept in ${secretFile()}`);
    expect(service.output()).not.toContain(secret);
    await stop(service);
    const again = await start({ PORT: new URL(url).port });
    expect(again.url).toBe(url);
    expect((await browser.api('/users/me')).status).toBe(200);
  });

  it('is one for services that start at once in one folder, and for the command line', async () => {
    const settings: Record<string, string>[] = [];
    for (const name of ['one', 'other', 'third']) {
      settings.push({
        DATABASE_URL: `file:${join(folder, 'data', `${name}.db`)}`,
        PORT: String(await freePort()),
        SANDBOX_PORT: String(await freePort()),
      });
    }
    for (let round = 0; round < 2; round += 1) {
      const services = await Promise.all(settings.map((each) => start(each)));
      const browsers = await Promise.all(
        services.map(async ({ url }) => {
          const browser = new Browser({ url });
          expect(locationOf(await browser.signIn('google', { person: 'ada' }))).toBe('/account');
          return browser;
        }),
      );
      const before = readFileSync(secretFile(), 'utf8');
      const { code } = await runCommand(compiled.main, settings[0] ?? {}, ['users', 'find', 'a']);
      expect([code, readFileSync(secretFile(), 'utf8')]).toEqual([0, before]);
      expect(readdirSync(join(folder, 'data')).filter((name) => /secret/.test(name))).toEqual([
        'session_secret',
      ]);
      await Promise.all(started.splice(0).map(stop));
      // Each has signed with what is kept.
      await Promise.all(settings.map((each) => start(each)));
      const answers = await Promise.all(browsers.map((browser) => browser.api('/users/me')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      await Promise.all(started.splice(0).map(stop));
      rmSync(join(folder, 'data'), { recursive: true });
    }
  }, 180_000);

  it('is asked for where none can be kept', async () => {
    const service = spawnService(compiled.main, {
      PORT: String(await freePort()),
      DATABASE_URL: 'file:/dev/null/latchkey.db',
    });
    expect(await service.exited).toBe(1);
    expect(service.output()).toMatch(
      /SESSION_SECRET is missing, and one cannot be kept in \/dev\/null\/session_secret \(\w+\): set one/,
    );
  });

  it('is not kept by the doctor, nor beside a database that is not there', async () => {
    for (const args of [
      ['users', 'find', 'a'],
      ['doctor', '--offline'],
      ['migrate', '--check'],
    ]) {
      await runCommand(compiled.main, { DATABASE_URL }, args);
    }
    expect(() => statSync(secretFile())).toThrow('ENOENT');
  });
});

const print = (...args: string[]) => runCommand(compiled.main, { PORT: 'x' }, ['secret', ...args]);

describe('latchkey secret', () => {
  it('prints another one each time, whatever is configured', async () => {
    const [one, other, document] = [await print(), await print(), await print('--json')];
    expect(one).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]{64}\n$/), stderr: '' });
    expect(other.stdout).not.toBe(one.stdout);
    expect(JSON.parse(document.stdout)).toEqual({ secret: expect.stringMatching(/^[\w-]{64}$/) });
  });
});

describe('a variable that is nearly one of ours', () => {
  it('is warned about by name', async () => {
    const { service } = await start({ ALLOWED_ORIGIN: 'https://canary.test', PAGER: 'less' });
    const warned = await warningsIn(service, /is ignored/, 1);
    expect(warned).toEqual([expect.stringContaining('WARN: ALLOWED_ORIGIN is set')]);
    expect(warned[0]).toContain('If ALLOWED_ORIGINS is meant, call it that.');
    expect(service.output()).not.toContain('canary');
  });
});

describe('while the sandbox is on', () => {
  it('only this machine is answered, with one warning for each reason', async () => {
    const { url, service } = await start();
    const { host, port } = new URL(url);
    const own = [
      host,
      'localhost',
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      'LOCALHOST',
      'a.localhost',
    ];
    for (const Host of own) {
      expect((await raw(`${url}/auth/session`, { headers: { Host } })).status).toBe(200);
    }
    const others = [
      { Host: 'evil.test' },
      { Host: `192.0.2.7:${port}` },
      { Host: 'localhost.evil.test' },
      { Host: 'localhost@evil.test' },
      { Host: 'evil.test/localhost' },
      { 'X-Forwarded-For': '127.0.0.1' },
      { 'X-Forwarded-Host': 'localhost' },
      { 'X-Forwarded-Proto': 'http' },
      { 'X-Real-IP': '127.0.0.1' },
      { Forwarded: 'host=localhost' },
    ];
    for (const path of ['/auth/session', '/auth/google', '/', '/health/live', '/openapi.json']) {
      for (const headers of others) {
        const answer = await raw(url + path, { headers });
        expect([headers, ...problemOf(answer)]).toEqual([headers, 421, 'misdirected_request']);
      }
    }
    const preflight = { Host: 'evil.test', Origin: url, 'Access-Control-Request-Method': 'GET' };
    const asked = await raw(`${url}/users/me`, { method: 'OPTIONS', headers: preflight });
    expect(asked.status).toBe(421);

    const page = { Host: 'evil.test', Accept: 'text/html' };
    const { status, text } = await raw(`${url}/`, { headers: page });
    expect([status, text]).toEqual([421, expect.stringContaining('Not at this address')]);

    expect(await warningsIn(service, /misdirected_request/, 2)).toEqual([
      expect.stringContaining(`open ${url} instead.`),
      expect.stringMatching(/header x-forwarded-for.* set: TRUST_PROXY=1/),
    ]);
    expect(service.output()).not.toContain('untrusted_proxy');
  });

  it('a proxy that is named may pass requests on, for a name of this machine', async () => {
    const { url, service } = await start({ TRUST_PROXY: '1' });
    const headers = { 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Host': 'localhost' };
    expect((await raw(`${url}/auth/session`, { headers })).status).toBe(200);
    const elsewhere = await raw(`${url}/auth/session`, { headers: { Host: 'evil.test' } });
    expect(elsewhere.status).toBe(421);
    expect(await warningsIn(service, /misdirected_request/, 1)).toEqual([
      expect.stringContaining('PUBLIC_URL=https://evil.test'),
    ]);
  });

  it('that runs elsewhere, too: its keys are as good as no sign-in', async () => {
    const keys = {
      GOOGLE_CLIENT_ID: 'sandbox-google',
      GOOGLE_CLIENT_SECRET: 'sandbox-google-secret',
    };
    const { url } = await start({ SANDBOX: 'off', ...keys });
    const answer = await raw(`${url}/auth/session`, { headers: { Host: 'evil.test' } });
    expect(problemOf(answer)).toEqual([421, 'misdirected_request']);
  });

  it('the sandbox itself is of this machine', async () => {
    const { sandboxUrl } = await start();
    const { port } = new URL(sandboxUrl);
    const statusFor = async (Host: string) =>
      (await raw(`${sandboxUrl}/sandbox/requests`, { headers: { Host } })).status;
    expect(await statusFor(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusFor(`localhost:${port}`)).toBe(200);
    expect(await statusFor(`evil.test:${port}`)).toBe(421);
    expect(await statusFor('localhost.evil.test')).toBe(421);
  });
});

describe('while the sandbox is off', () => {
  it('a Host says nothing', async () => {
    const { url } = await start({ SANDBOX: 'off' });
    const headers = { Host: 'evil.test', 'X-Forwarded-For': '203.0.113.7' };
    expect((await raw(`${url}/auth/session`, { headers })).status).toBe(200);
  });
});
