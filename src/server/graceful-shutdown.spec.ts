import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Lifecycle } from '../common/lifecycle.js';
import { Connections } from './graceful-shutdown.js';

it('keeps its listener open while answers still tell their clients to connect again', async () => {
  const delays = [30, 60, 90, 120, 150];
  const lifecycle = new Lifecycle();
  const answers: (() => void)[] = [];
  const server = createServer((_request, response) => {
    const answer = () => response.end('answered');
    if (lifecycle.isStopping) answer();
    else answers.push(answer);
  });
  const connections = new Connections(server, lifecycle, 76);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = Promise.all(delays.map(() => fetch(url)));
  while (answers.length < delays.length) await new Promise(setImmediate);

  lifecycle.stop();
  connections.startDraining();
  const closed = connections.close();
  delays.forEach((delay, at) => setTimeout(() => answers[at]?.(), delay));

  await sleep(70);
  expect((await fetch(url)).status).toBe(200);
  const closing = (await clients).map(({ headers }) => headers.get('connection'));
  expect(closing).toEqual(delays.map(() => 'close'));
  await closed;
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
