import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { loadConfig } from '../../config/load-config.js';
import { ProviderHttp } from './provider-http.js';

/** What a provider does with the requests that it gets, one after the other. */
type Turn = 'answers' | 'closes' | 'resets' | 'half answers';

const observer = { observe: <T>(_: unknown, work: (headers: object) => Promise<T>) => work({}) };

let server: Server;
let http: ProviderHttp;
let asked: { method: string; connection: Socket }[];
let turns: Turn[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { socket, method = '' } = request;
    asked.push({ method, connection: socket });
    const turn = turns[asked.length - 1] ?? 'answers';
    if (turn === 'answers') response.end('{"ok":true}');
    if (turn === 'closes') socket.destroy();
    if (turn === 'resets') socket.resetAndDestroy();
    if (turn === 'half answers') {
      response.writeHead(200, { 'content-length': '100' }).flushHeaders();
      response.write('{', () => socket.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  http = new ProviderHttp(loadConfig({}), observer as never);
});

afterEach(async () => {
  await http.onApplicationShutdown();
  server.closeAllConnections();
  server.close();
});

function ask(method: 'GET' | 'POST') {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const form = method === 'POST' ? { code: 'once' } : undefined;
  return http.json(
    { provider: 'google', step: 'keys', method, url, ...(form && { form }) },
    z.object({ ok: z.boolean() }),
  );
}

/** Until its connection is free. */
async function firstAnswer(): Promise<void> {
  await ask('GET');
  await sleep(20);
}

describe.each(['closes', 'resets'] as const)('a provider that %s a connection', (end) => {
  it('as it is used again is asked once more, on a new one', async () => {
    turns = ['answers', end, 'answers'];
    await firstAnswer();
    expect(await ask('GET')).toEqual({ ok: true });
    const [first, second, third] = asked.map(({ connection }) => connection);
    expect(asked).toHaveLength(3);
    expect([first === second, second === third]).toEqual([true, false]);
  });

  it('again and again is asked once more only', async () => {
    turns = ['answers', end, end, end];
    await firstAnswer();
    await expect(ask('GET')).rejects.toMatchObject({ code: 'provider_error' });
    expect(asked).toHaveLength(3);
  });

  it('is not asked again for what counts once', async () => {
    turns = ['answers', end, 'answers'];
    await firstAnswer();
    await expect(ask('POST')).rejects.toMatchObject({ code: 'provider_error' });
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('at its first request is not asked again', async () => {
    turns = [end, 'answers'];
    await expect(ask('GET')).rejects.toMatchObject({ code: 'provider_error' });
    expect(asked).toHaveLength(1);
  });
});

it('asks nobody again who has begun to answer', async () => {
  turns = ['answers', 'half answers', 'answers'];
  await firstAnswer();
  await expect(ask('GET')).rejects.toMatchObject({ code: 'provider_error' });
  expect(asked).toHaveLength(2);
});
