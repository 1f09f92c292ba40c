import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { Lifecycle } from '../common/lifecycle.js';
import { Connections } from './graceful-shutdown.js';

const settings = { keepAliveSeconds: 76, providerTimeoutMs: 10_000 };

it('keeps its listener open for a while after the last answer, which has told its client to connect again', async () => {
  const delays = [30, 60, 90, 120, 150];
  const lifecycle = new Lifecycle();
  const answers: (() => void)[] = [];
  let lastAnswer = 0;
  const server = createServer((_request, response) => {
    response.once('finish', () => (lastAnswer = performance.now()));
    answers.push(() => response.end('answered'));
  });
  const connections = new Connections(server, lifecycle, settings);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = Promise.all(delays.map(() => fetch(url)));
  while (answers.length < delays.length) await new Promise(setImmediate);

  lifecycle.stop();
  connections.startDraining();
  delays.forEach((delay, at) => setTimeout(() => answers[at]?.(), delay));
  await connections.close();
  const closing = (await clients).map(({ headers }) => headers.get('connection'));
  expect(closing).toEqual(delays.map(() => 'close'));
  expect(performance.now() - lastAnswer).toBeGreaterThanOrEqual(50);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

it('ends the connection of a client that does not read its answers, but not while providers may answer', async () => {
  const server = createServer((_request, response) => response.end('x'.repeat(1_000_000)));
  const connections = new Connections(server, new Lifecycle(), settings);
  expect(server.timeout).toBe(3 * settings.providerTimeoutMs + 60_000);
  server.timeout = 200;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const client = connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .pause();
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20));
  const [socket] = await connected;
  await once(socket, 'close');
  expect(socket.bytesWritten).toBeLessThan(20_000_000);
  client.destroy();
  await connections.close();
});
