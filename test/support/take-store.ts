import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Client } from 'pg';
import type { Latchkey } from './latchkey.js';
import { POSTGRES_URL as SERVER } from './on-store.js';
import { SqliteFile } from './sqlite-file.js';

/** Takes the store from under a running service. Returns what brings it back as it was. */
export function takeStore(from: Latchkey): Promise<() => Promise<void>> {
  const { database } = from.config;
  return database.kind === 'file' ? damageFile(database.file) : closeServer(database.url);
}

/** Overwrites the whole file, so that nothing can be read from it; then restores it, as from a backup. */
async function damageFile(file: string): Promise<() => Promise<void>> {
  const other = new SqliteFile(file);
  expect(other.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0, log: 0 }]);
  const content = readFileSync(file);
  writeFileSync(file, Buffer.alloc(content.length, 7), { flag: 'r+' });
  return async () => {
    writeFileSync(file, content, { flag: 'r+' });
    // Any write says to other connections that what they have read before is old.
    other.exec('pragma user_version = 1');
    other.close();
  };
}

/** Ends every connection of the service, and lets it have no new one. */
async function closeServer(url: string): Promise<() => Promise<void>> {
  const name = new URL(url).pathname.slice(1);
  await onServer(`alter database ${name} allow_connections false`);
  await endConnections(url);
  return async () => {
    await onServer(`alter database ${name} allow_connections true`);
  };
}

/** Ends every connection to a database, and waits until the service can have noticed. */
export async function endConnections(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onServer(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1',
    name,
  );
  await sleep(100);
}

async function onServer(statement: string, ...values: unknown[]): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}
