import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.mjs';
import { raw } from '../support/raw.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

/*
 * What a container engine does with published ports: it connects to an address of the container that is not loopback.
 * test/image/sandbox.mjs does the same with a container.
 */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

let compiled: ReturnType<typeof compileService>;
let service: ServiceProcess | null = null;
let port: number;
let sandboxPort: number;

/** The variables of the image and of compose.sandbox.yaml, with ports that are free here. */
function environment(): Record<string, string> {
  const image = /^ENV (.+)$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? '';
  const text = readFileSync('compose.sandbox.yaml', 'utf8')
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll('3000', String(port))
    .replaceAll('4000', String(sandboxPort));
  const compose = parse(text) as {
    services: { latchkey: { environment: Record<string, string | null> } };
  };
  const set = Object.entries(compose.services.latchkey.environment);
  return {
    ...Object.fromEntries(image.split(' ').map((each) => each.split('='))),
    ...Object.fromEntries(set.map(([name, value]) => [name, value ?? ''])),
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
  } as Record<string, string>;
}

beforeAll(() => {
  compiled = compileService();
}, 30_000);

afterAll(async () => {
  if (service !== null) await stop(service);
  compiled.remove();
});

// A machine without a network has loopback addresses alone.
(outside === undefined ? describe.skip : describe)('compose.sandbox.yaml', () => {
  it('has both ports reached from outside the container', async () => {
    [port, sandboxPort] = [await freePort(), await freePort()];
    service = spawnService(compiled.main, environment());
    await ready(`http://localhost:${port}`, service);
    const from = async (at: number, path: string, Host: string) =>
      (await raw(`http://${outside}:${at}${path}`, { headers: { Host } })).status;
    expect(await from(port, '/auth/session', `localhost:${port}`)).toBe(200);
    expect(await from(sandboxPort, '/', `127.0.0.1:${sandboxPort}`)).toBe(200);
    // By another name it is not this machine's.
    expect(await from(port, '/auth/session', `${outside}:${port}`)).toBe(421);
    expect(await from(sandboxPort, '/', `${outside}:${sandboxPort}`)).toBe(421);
  });

  it('is reached from this machine alone without HOST', async () => {
    if (service !== null) await stop(service);
    service = spawnService(compiled.main, { ...environment(), HOST: '' });
    await ready(`http://localhost:${port}`, service);
    for (const at of [port, sandboxPort]) {
      await expect(raw(`http://${outside}:${at}/`)).rejects.toThrow('ECONNREFUSED');
    }
  });
});
