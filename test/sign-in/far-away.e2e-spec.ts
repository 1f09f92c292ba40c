import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import * as z from 'zod';
import { ProviderHttp } from '../../src/auth/provider-http/provider-http.js';
import { loadConfig } from '../../src/config/load-config.js';
import { openDatabase } from '../../src/database/database.js';
import { farServer } from '../support/far-server.js';
import { onPostgres, POSTGRES_URL } from '../support/on-store.js';

let close: (() => void)[] = [];

afterEach(() => {
  for (const each of close) each();
  close = [];
});

async function far(target: number) {
  const server = await farServer('far.test', target);
  close.push(() => server.close());
  return server;
}

it('asks a provider that is a second away, and has an address that leads nowhere', async () => {
  const provider = createServer((_request, response) => response.end('{"ok":true}'));
  await once(provider.listen(0, '127.0.0.1'), 'listening');
  close.push(() => provider.close().closeAllConnections());
  const { port, accept } = await far((provider.address() as AddressInfo).port);
  const http = new ProviderHttp(loadConfig({}), {
    observe: (_exchange: unknown, work: (headers: object) => unknown) => work({}),
  } as never);
  const url = `http://far.test:${port}/`;
  const asked = http.json(
    { provider: 'google', step: 'keys', method: 'GET', url },
    z.object({ ok: z.boolean() }),
  );
  await sleep(400);
  accept();
  await expect(asked).resolves.toEqual({ ok: true });
  await http.onApplicationShutdown();
});

onPostgres('a database', () => {
  it('that is a second away, and has an address that leads nowhere, is used', async () => {
    const url = new URL(POSTGRES_URL ?? '');
    const { port, accept } = await far(Number(url.port));
    url.host = `far.test:${port}`;
    const database = openDatabase(loadConfig({ DATABASE_URL: url.href }).database, () => undefined);
    const asked = sql<{ one: number }>`select 1 as one`.execute(database);
    await sleep(400);
    accept();
    await expect(asked).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await database.destroy();
  });
});
