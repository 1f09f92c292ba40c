import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../test/postgres/server.mjs';
import { freePort } from '../test/support/free-port.mjs';
import { http } from './client.mjs';
import { TARGET } from './handover.mjs';
import { processorMs, Server } from './server-process.mjs';

const credentials = {
  CLIENT_ID: '1234.apps.googleusercontent.com',
  CLIENT_SECRET: 'secret-of-the-benchmark',
};

/** All that the servers under test need: a folder, the providers, and PostgreSQL where it is asked for. */
export class Setting {
  static async create({ node, database }) {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
    const postgres = database === 'postgres' ? await startPostgres({ durable: true }) : null;
    const port = await freePort();
    const providers = await Server.start({
      node: process.execPath,
      script: resolve('bench/providers.mjs'),
      env: { PORT: String(port), ...credentials },
      probe: `http://127.0.0.1:${port}/google/certs`,
    });
    return new Setting(node, folder, postgres, providers, `http://127.0.0.1:${port}`);
  }

  constructor(node, folder, postgres, providers, providersUrl) {
    this.node = node;
    this.folder = folder;
    this.postgres = postgres;
    this.providers = providers;
    this.providersUrl = providersUrl;
    this.secret = randomBytes(48).toString('base64url');
    this.serviceKey = randomBytes(48).toString('base64url');
  }

  /** Starts the hand-written peer. */
  async startPeer(nodeArguments = []) {
    const port = await freePort();
    const base = `http://localhost:${port}`;
    const server = await Server.start({
      node: this.node,
      nodeArguments,
      script: resolve('bench/peer/server.mjs'),
      env: {
        NODE_ENV: 'production',
        PORT: String(port),
        PROVIDERS_URL: this.providersUrl,
        ...credentials,
      },
      probe: `${base}/health`,
    });
    return { name: 'peer', base, server, processorMs: () => processorMs(server.id) };
  }

  /** Starts Latchkey for production: its own defaults, but for limits that the bench would meet. */
  async startLatchkey({ nodeArguments = [], databaseUrl, env = {} } = {}) {
    const port = await freePort();
    const base = `http://localhost:${port}`;
    const server = await Server.start({
      node: this.node,
      nodeArguments,
      script: resolve('dist/main.js'),
      cwd: this.folder,
      env: {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        PUBLIC_URL: base,
        DATABASE_URL:
          databaseUrl ?? this.postgres?.url ?? `file:${join(this.folder, `${port}.db`)}`,
        SESSION_SECRET: this.secret,
        DEFAULT_RETURN_TO: '/auth/session',
        TOKEN_AUDIENCES: 'https://api.example.com',
        HANDOVER_TARGETS: TARGET,
        RATE_LIMIT_PER_MINUTE: '1000000',
        SIGN_IN_RATE_LIMIT_PER_MINUTE: '1000000',
        SERVICE_RATE_LIMIT_PER_MINUTE: '10000000',
        SERVICE_KEYS: `bench:${this.serviceKey}`,
        GOOGLE_ISSUER: `${this.providersUrl}/google`,
        TWITTER_API_URL: this.providersUrl,
        FACEBOOK_DIALOG_URL: this.providersUrl,
        FACEBOOK_GRAPH_URL: this.providersUrl,
        ...Object.fromEntries(
          ['GOOGLE', 'TWITTER', 'FACEBOOK'].flatMap((provider) => [
            [`${provider}_CLIENT_ID`, credentials.CLIENT_ID],
            [`${provider}_CLIENT_SECRET`, credentials.CLIENT_SECRET],
          ]),
        ),
        ...env,
      },
      probe: `${base}/health/ready`,
    });
    const databaseMs = () => (this.postgres === null ? 0 : processorMs(this.postgres.id));
    return {
      name: 'latchkey',
      base,
      serviceKey: this.serviceKey,
      server,
      processorMs: () => processorMs(server.id) + databaseMs(),
    };
  }

  /** Makes a database on the PostgreSQL server. Returns its URL. */
  async createDatabase(name) {
    const client = new Client({ connectionString: this.postgres.url });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return this.postgres.url.replace(/[^/]*$/, name);
  }

  /** Lets one person sign in at the providers, by number, or one after the other (`next`). */
  async choosePerson(person) {
    await http(`${this.providersUrl}/person/${person}`, { method: 'PUT' });
  }

  /** Lets the providers answer later, by milliseconds. */
  async delayProviders(milliseconds) {
    await http(`${this.providersUrl}/delay/${milliseconds}`, { method: 'PUT' });
  }

  async remove() {
    await this.providers.stop();
    await this.postgres?.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
