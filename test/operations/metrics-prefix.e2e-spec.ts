import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { management, samplesOf, scrape, valueOf } from '../support/metrics.js';

let latchkey: Latchkey;

beforeAll(async () => {
  const port = String(await freePort());
  latchkey = await startLatchkey({
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}/id`,
    MANAGEMENT_PORT: String(await freePort()),
  });
});

afterAll(() => latchkey.close());

describe('a service under a path', () => {
  it('names its routes without it, so that dashboards work', async () => {
    for (const path of [
      '/id/health/ready',
      '/id/auth/providers',
      '/id',
      '/id/users/x',
      '/auth/x',
    ]) {
      await fetch(latchkey.url + path);
    }
    const samples = samplesOf(await scrape(latchkey));
    const count = (route: string) =>
      valueOf(samples, 'latchkey_http_request_duration_seconds_count', { route });
    expect(['/health/ready', '/auth/providers', '/', 'unmatched'].map(count)).toEqual([1, 1, 1, 2]);
    expect(count('/id/health/ready')).toBe(0);
  });

  it('serves its management port without it', async () => {
    expect((await management(latchkey, '/health/ready')).status).toBe(200);
    expect((await management(latchkey, '/id/health/ready')).status).toBe(404);
  });
});
