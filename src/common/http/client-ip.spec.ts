import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import express from 'express';
import { warnOfUntrustedProxies } from './client-ip.js';

describe('warnOfUntrustedProxies', () => {
  const warn = jest.fn();
  let server: Server | undefined;

  beforeEach(() => {
    warn.mockReset();
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** Sends requests with these X-Forwarded-For headers, one after the other, from 127.0.0.1. */
  async function send(trustProxy: false | number | string[], ...headers: string[]): Promise<void> {
    const app = express();
    app.set('trust proxy', trustProxy);
    app.use(warnOfUntrustedProxies({ warn }));
    app.use((_request, response) => void response.end());
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const value of headers) {
      const response = await fetch(`http://127.0.0.1:${port}`, {
        headers: value === '' ? {} : { 'x-forwarded-for': value },
      });
      expect(response.status).toBe(200);
    }
  }

  it.each<[string, false | number | string[], string, forwarded: number, trusted: number]>([
    ['TRUST_PROXY is off', false, '203.0.113.7', 1, 0],
    ['there are two proxies and one is trusted', 1, '203.0.113.7, 198.51.100.4', 2, 1],
    ['the proxy is in none of the networks', ['10.0.0.0/8'], '203.0.113.7', 1, 0],
    ['the outer proxy is in none of them', ['loopback'], '203.0.113.7, 198.51.100.4', 2, 1],
  ])('warns when %s', async (_what, trustProxy, header, forwarded, trusted) => {
    await send(trustProxy, header);
    expect(warn.mock.calls).toEqual([
      [
        { event: 'untrusted_proxy', forwarded, trusted },
        expect.stringContaining('set TRUST_PROXY to'),
      ],
    ]);
  });

  it.each<[string, false | number | string[], string]>([
    ['without the header', false, ''],
    ['from the one proxy that is trusted', 1, '203.0.113.7'],
    ['from fewer proxies than are trusted', 2, '203.0.113.7'],
    ['from proxies in the networks', ['loopback', '10.0.0.0/8'], '203.0.113.7, 10.0.0.5'],
  ])('accepts a request %s', async (_what, trustProxy, header) => {
    await send(trustProxy, header);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each<[string, number | string[], string]>([
    ['no address', 1, 'unknown'],
    ['a name', 1, 'proxy.example'],
    ['no address behind a proxy in the networks', ['loopback', '10.0.0.0/8'], '_x, 10.0.0.5'],
  ])('warns once when what a proxy names is %s', async (_what, trustProxy, header) => {
    await send(trustProxy, header, header);
    expect(warn.mock.calls).toEqual([
      [{ event: 'no_address' }, expect.stringContaining('is not an address')],
    ]);
  });

  it('warns once, at the first such request', async () => {
    await send(false, '', '203.0.113.7', '203.0.113.8');
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
