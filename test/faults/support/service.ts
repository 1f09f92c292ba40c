import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.js';
import { freePort } from '../../support/free-port.mjs';
import { clientsOf, providerKeys } from '../../support/registration.js';
import { type ServiceProcess, spawnService, stop } from '../../support/service-process.js';

/** The service as a process of its own, which can be killed and started again on the same address and data. */
export interface Service {
  url: string;
  sandbox: Sandbox;
  /** Starts it. Returns how many milliseconds it took until it was ready. */
  start(): Promise<number>;
  /** Kills it where it stands. */
  kill(): Promise<void>;
  /** The process that runs now. */
  process(): ServiceProcess;
  /** How much memory it holds, in MB. */
  memory(): number;
  /** Stops it, and its sandbox. */
  close(): Promise<void>;
}

/**
 * Prepares a service with a sandbox of its own, and starts it.
 *
 * @param main the compiled service
 * @param variables its environment, DATABASE_URL among it; may depend on where the sandbox is
 */
export async function startService(
  main: string,
  variables:
    Record<string, string> | ((sandbox: Sandbox, url: string) => Promise<Record<string, string>>),
): Promise<Service> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
  const environment = {
    HOST: '127.0.0.1',
    PORT: String(port),
    SESSION_SECRET: 'a secret of the fault suites that is long enough',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'warn',
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...providerKeys,
    ...sandbox.settings,
    ...(typeof variables === 'function' ? await variables(sandbox, url) : variables),
  };
  let running: ServiceProcess;
  async function start(): Promise<number> {
    const began = Date.now();
    running = spawnService(main, environment);
    await untilReady(url, running);
    return Date.now() - began;
  }
  await start();
  return {
    url,
    sandbox,
    start,
    process: () => running,
    async kill() {
      running.child.kill('SIGKILL');
      await running.exited;
    },
    memory: () => memoryOf(running.child.pid ?? 0),
    async close() {
      await stop(running);
      await sandbox.close();
    },
  };
}

/** Waits until a service is ready, in short steps. Throws with what it has written when it is not in fifteen seconds. */
export async function untilReady(url: string, service?: ServiceProcess): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && (service?.child.exitCode ?? null) === null) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(10);
  }
  throw new Error(`The service did not get ready:\n${service?.output() ?? ''}`);
}

/** The resident memory of a process, in MB (proc(5)). */
function memoryOf(id: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
  return Math.round(Number(match?.[1] ?? 0) / 1024);
}
