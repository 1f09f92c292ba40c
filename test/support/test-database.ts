import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryPostgres } from './query-postgres.js';

/** A database of its own for one service under test. */
export interface TestDatabase {
  /** For DATABASE_URL. */
  url: string;
  drop(): Promise<void>;
}

/**
 * Makes an empty database: a file, or a database on the PostgreSQL server that TEST_DATABASE_URL names (the account there
 * may create databases).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  return server === undefined ? fileDatabase() : postgresDatabase(server);
}

function fileDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  return {
    url: `file:${join(folder, 'test.db')}`,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function postgresDatabase(server: string): Promise<TestDatabase> {
  const name = `latchkey_test_${randomBytes(8).toString('hex')}`;
  await queryPostgres(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await queryPostgres(server, `drop database if exists ${name} with (force)`);
    },
  };
}
