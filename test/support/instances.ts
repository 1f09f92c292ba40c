import { startSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from './free-port.mjs';
import { clientsOf, providerKeys } from './registration.js';
import { startRoundRobin } from './round-robin.js';
import { compileService, ready, type ServiceProcess, spawnService } from './service-process.js';
import { createTestDatabase } from './test-database.js';

/** Two processes of the service on one database, and nginx that lets them take turns. */
export interface Instances {
  /** Where nginx listens: the service's public address. */
  url: string;
  /** Where each instance listens. */
  urls: string[];
  databaseUrl: string;
  /** What nginx has to say about the instances. */
  proxyLog(): string;
  /** Stops an instance as a supervisor does, and returns its exit code. */
  stop(at: number): Promise<number | null>;
  /** @param changes environment variables that it has from now on */
  start(at: number, changes?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

/** Starts both instances at once, on a database that is empty. */
export async function startInstances(overrides: Record<string, string> = {}): Promise<Instances> {
  const [port, ...ports] = [await freePort(), await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const compiled = compileService();
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients: clientsOf(url) });
  const environment = {
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    TRUST_PROXY: 'loopback',
    SESSION_SECRET: 'the-same-secret-at-every-instance-01',
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    SHUTDOWN_DRAIN_MS: '1500',
    LOG_LEVEL: 'warn',
    ...providerKeys,
    ...sandbox.settings,
    ...overrides,
  };
  const services: ServiceProcess[] = [];
  const urls = ports.map((each) => `http://127.0.0.1:${each}`);
  const start = async (at: number, changes: Record<string, string> = {}) => {
    const own = { ...environment, PORT: String(ports[at]), ...changes };
    const service = spawnService(compiled.main, own);
    services[at] = service;
    await ready(urls[at] ?? '', service);
  };
  const stop = async (at: number) => {
    services[at]?.child.kill('SIGTERM');
    return (await services[at]?.exited) ?? null;
  };
  await Promise.all([start(0), start(1)]);
  const nginx = await startRoundRobin(port, ports);
  return {
    url,
    urls,
    databaseUrl: database.url,
    proxyLog: () => nginx.log(),
    start,
    stop,
    async close() {
      await nginx.close();
      await Promise.all([stop(0), stop(1)]);
      await sandbox.close();
      await database.drop();
      compiled.remove();
    },
  };
}
