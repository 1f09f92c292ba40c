import { expect, it } from '@jest/globals';
import { examine } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { startLatchkey } from '../support/latchkey.js';
import { startProxy } from '../support/meddling-proxy.js';

it.each([
  ['10.0.0.0/8', 'TRUST_PROXY does not fit: everybody who comes through the proxy at 127.0.0.1'],
  ['2', 'TRUST_PROXY believes more proxies than there are'],
])('finds that TRUST_PROXY=%s does not fit', async (trusted, message) => {
  const port = await freePort();
  const proxy = await startProxy(port);
  const settings = { PORT: String(port), PUBLIC_URL: proxy.url, TRUST_PROXY: trusted };
  const service = await startLatchkey(settings);
  try {
    const { complaints } = await examine(service.environment, { request: true });
    expect(complaints('request')).toEqual([
      expect.objectContaining({ status: 'broken', message: expect.stringContaining(message) }),
    ]);
  } finally {
    await service.close();
    await proxy.close();
  }
});
