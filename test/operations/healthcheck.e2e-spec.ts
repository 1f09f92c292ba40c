import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey | null = null;

afterEach(async () => {
  await latchkey?.close();
  latchkey = null;
});

/** Runs the image's health check beside a service with that environment. Returns its exit code. */
async function healthcheck(environment: Record<string, string | undefined>): Promise<unknown> {
  const child = spawn(process.execPath, ['deploy/healthcheck.mjs'], { env: { ...environment } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the image’s health check', () => {
  it.each([
    ['as it is configured', {}],
    ['under a path', { PUBLIC_URL: 'http://localhost:1/id/' }],
  ])('finds the service %s', async (_name, overrides) => {
    latchkey = await startLatchkey(overrides);
    expect(await healthcheck(latchkey.environment)).toBe(0);
  });

  it('treats a blank value as not set', async () => {
    latchkey = await startLatchkey();
    expect(await healthcheck({ ...latchkey.environment, HOST: ' ', PUBLIC_URL: '' })).toBe(0);
  });

  it('fails when the service does not answer, or is under another path', async () => {
    const port = String(await freePort());
    expect(await healthcheck({ PORT: port })).toBe(1);
    latchkey = await startLatchkey({ PORT: port });
    expect(await healthcheck({ PORT: port, PUBLIC_URL: 'http://localhost:1/elsewhere' })).toBe(1);
  });
});
