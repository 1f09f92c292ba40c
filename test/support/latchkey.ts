import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app.setup.js';
import type { Config } from '../../src/config/config.js';
import { newSecret } from '../../src/config/kept-secret.js';
import { type Environment, loadConfig } from '../../src/config/load-config.js';
import { Database } from '../../src/database/database.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from './free-port.mjs';
import { clientsOf, providerKeys } from './registration.js';
import { createTestDatabase } from './test-database.js';

/** Of every service of a suite, so that one which follows another on its database keeps people signed in. */
const SESSION_SECRET = newSecret();

/** A running service with its own database file, and sandbox providers on another site. */
export interface Latchkey {
  /** Where the service listens, such as `http://localhost:41234`. */
  url: string;
  app: NestExpressApplication;
  config: Config;
  database: Database;
  sandbox: Sandbox;
  environment: Environment;
  close(): Promise<void>;
}

function sandboxPortOf({ sandbox }: Pick<Latchkey, 'sandbox'>): number {
  return Number(new URL(sandbox.url).port);
}

/** Who vouches for the identities in a database stays the same when the service is started on it again. */
const sandboxPorts = new Map<string, number>();

/**
 * Starts the service over real HTTP.
 *
 * @param overrides environment variables that differ from the tests' defaults; `undefined` unsets one
 * @param before one that has ended, whose providers had vouched for the identities in the database
 */
export async function startLatchkey(
  overrides: Record<string, string | undefined> = {},
  before?: Latchkey,
): Promise<Latchkey> {
  const port = Number(overrides['PORT'] ?? (await freePort()));
  const url = `http://localhost:${port}`;
  const publicUrl = overrides['PUBLIC_URL'] ?? url;
  const databaseUrl = overrides['DATABASE_URL'] ?? '';
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: before === undefined ? (sandboxPorts.get(databaseUrl) ?? 0) : sandboxPortOf(before),
    clients: clientsOf(publicUrl),
  });
  if (databaseUrl !== '') sandboxPorts.set(databaseUrl, sandboxPortOf({ sandbox }));
  const testDatabase = await createTestDatabase();
  const environment: Environment = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    SESSION_SECRET,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    DATABASE_URL: testDatabase.url,
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...providerKeys,
    ...sandbox.settings,
    ...overrides,
  };
  const config = loadConfig(environment);
  const app = await createApp(config);
  await app.listen(port, '127.0.0.1');
  return {
    url,
    app,
    config,
    sandbox,
    environment,
    database: app.get(Database),
    async close() {
      await app.close();
      await sandbox.close();
      await testDatabase.drop();
    },
  };
}
