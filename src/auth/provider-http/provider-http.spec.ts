import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import * as z from 'zod';
import { loadConfig } from '../../config/load-config.js';
import { ProviderHttp } from './provider-http.js';

const servers: Server[] = [];
const observer = { observe: <T>(_: unknown, work: (headers: object) => Promise<T>) => work({}) };
let asked: string[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  asked = [];
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A provider on this machine, and a proxy that takes every name for this machine's. */
async function providerAndProxy(): Promise<{ port: number; proxy: string }> {
  const port = await listening(createServer((_request, response) => response.end('{"ok":true}')));
  const server = createServer();
  server.on('connect', (request, client) => {
    asked.push(String(request.url));
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    client.on('error', () => upstream.destroy());
  });
  return { port, proxy: `http://127.0.0.1:${await listening(server)}` };
}

async function ask(
  environment: Record<string, string>,
  host: string,
  port: number,
): Promise<unknown> {
  const http = new ProviderHttp(loadConfig(environment), observer as never);
  try {
    const url = `http://${host}:${port}/`;
    return await http.json(
      { provider: 'google', step: 'keys', method: 'GET', url },
      z.object({ ok: z.boolean() }),
    );
  } finally {
    await http.onApplicationShutdown();
  }
}

it('uses the proxy of the URL’s scheme', async () => {
  const { port, proxy } = await providerAndProxy();
  expect(await ask({ HTTP_PROXY: proxy }, 'provider.test', port)).toEqual({ ok: true });
  expect(asked).toEqual([`provider.test:${port}`]);
});

it.each([
  ['this machine', 'localhost', {}],
  ['what NO_PROXY names', '127.0.0.1', { NO_PROXY: '127.0.0.1' }],
])('requests %s directly', async (_name, host, more) => {
  const { port, proxy } = await providerAndProxy();
  expect(await ask({ HTTP_PROXY: proxy, ...more }, host, port)).toEqual({ ok: true });
  expect(asked).toEqual([]);
});

it('does not fall back to a direct connection when the proxy is down', async () => {
  const { port } = await providerAndProxy();
  const environment = { HTTP_PROXY: 'http://127.0.0.1:9' };
  await expect(ask(environment, 'provider.test', port)).rejects.toMatchObject({
    code: 'provider_error',
  });
});
