import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.mjs';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

let compiled: ReturnType<typeof compileService>;
let service: ServiceProcess;
let url: string;

beforeAll(async () => {
  compiled = compileService();
  const port = await freePort();
  url = `http://localhost:${port}`;
  service = spawnService(compiled.main, {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    SESSION_SECRET: 'a-secret-for-the-log-of-refusals-0001',
    RATE_LIMIT_PER_MINUTE: '3',
    TRUST_PROXY: '1',
  });
  await ready(url, service);
}, 60_000);

afterAll(async () => {
  await stop(service);
  compiled.remove();
});

const ask = (address: string) =>
  fetch(`${url}/auth/session`, { headers: { 'X-Forwarded-For': address } });

it('leaves one line for many refused requests of an address, with their number', async () => {
  for (let turn = 0; turn < 40; turn += 1) await ask('203.0.113.1');
  for (let turn = 0; turn < 8; turn += 1) await ask(`2001:db8:1:2::${turn}`);
  await stop(service);
  const lines = service
    .output()
    .split('\n')
    .filter((line) => line.includes('"path":"/auth/session"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ status }) => status === 200)).toHaveLength(6);
  const refusals = lines.filter(({ status }) => status === 429);
  expect(refusals.map(({ address, refused }) => [address, refused])).toEqual([
    ['203.0.113.1', 1],
    ['203.0.113.1', 10],
    ['2001:db8:1:2::3', 1],
  ]);
  expect(refusals[0]).toMatchObject({ level: 30, outcome: 'rate_limited', limit: 'all' });
});
