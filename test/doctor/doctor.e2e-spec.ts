import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { DiagnoseOptions } from '../../src/doctor/diagnose.js';
import { onPostgres, POSTGRES_URL } from '../support/on-store.js';
import { runDiagnosis } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { SqliteFile } from '../support/sqlite-file.js';

/** A secret that must not be seen anywhere, and is as good as one from openssl. */
const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';

let latchkey: Latchkey;

const examine = (
  overrides: Record<string, string | undefined> = {},
  options: Partial<DiagnoseOptions> = {},
) => runDiagnosis({ ...latchkey.environment, SESSION_SECRET, ...overrides }, options);

const discovery = (issuer: string) =>
  JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
  });

const brokenDatabase = (message: RegExp) => [
  expect.objectContaining({
    check: 'database',
    status: 'broken',
    message: expect.stringMatching(message),
    action: expect.stringMatching(/\w/),
  }),
];

beforeAll(async () => {
  latchkey = await startLatchkey();
});

afterAll(() => latchkey.close());

describe('a deployment that works', () => {
  it('is not broken, and has redirect URIs to register', async () => {
    const { isBroken, findings } = await examine();
    expect(findings.filter(({ status }) => status === 'broken')).toEqual([]);
    expect(isBroken).toBe(false);
    for (const id of ['google', 'twitter', 'facebook']) {
      const uri = `${latchkey.url}/auth/${id}/callback`;
      expect(findings).toContainEqual(
        expect.objectContaining({ check: 'providers', message: expect.stringContaining(uri) }),
      );
    }
    const messages = findings.map(({ check, message }) => `${check}: ${message}`);
    expect(messages).toEqual(
      expect.arrayContaining([
        'keys: Google accepts the keys.',
        'keys: X accepts the keys and the redirect URI.',
        'keys: Facebook accepts the keys.',
        expect.stringMatching(/^database: The schema is current \(\d{4}-/),
        expect.stringMatching(/^clock: .* agrees with Google’s within \d s\./),
        expect.stringMatching(/^reachability: Facebook: 127\.0\.0\.1:\d+ answers/),
        expect.stringMatching(
          POSTGRES_URL !== undefined ? /^database: PostgreSQL \d+\.\d+/ : /^database: SQLite 3/,
        ),
      ]),
    );
  });

  it('sends no request to a provider when offline', async () => {
    latchkey.sandbox.reset();
    const { isBroken, findings } = await examine({}, { online: false });
    expect(isBroken).toBe(false);
    expect(latchkey.sandbox.requests).toEqual([]);
    expect(findings.map(({ check }) => check)).not.toContain('keys');
  });
});

describe('wrong keys', () => {
  it.each([
    ['google', 'Google', 'CLIENT_SECRET'],
    ['google', 'Google', 'CLIENT_ID'],
    ['twitter', 'X', 'CLIENT_SECRET'],
    ['twitter', 'X', 'CLIENT_ID'],
    ['facebook', 'Facebook', 'CLIENT_SECRET'],
    ['facebook', 'Facebook', 'CLIENT_ID'],
  ])('%s: %s with a wrong %s', async (id, label, part) => {
    const variable = `${id.toUpperCase()}_${part}`;
    const { isBroken, text, complaints } = await examine({ [variable]: 'hunter2-canary' });
    expect(complaints('keys')).toEqual([
      expect.objectContaining({
        status: 'broken',
        message: expect.stringContaining(`${label} refuses the keys`),
        action: expect.stringContaining(`${id.toUpperCase()}_CLIENT_SECRET`),
      }),
    ]);
    expect(isBroken).toBe(true);
    expect(text).not.toContain('hunter2');
  });

  it('distinguishes an unregistered callback at X from wrong keys', async () => {
    const { isBroken, complaints } = await examine({ PUBLIC_URL: 'http://localhost:9' });
    expect(complaints('keys')).toEqual([
      expect.objectContaining({
        status: 'broken',
        message: 'X does not know the redirect URI http://localhost:9/auth/twitter/callback.',
      }),
    ]);
    expect(isBroken).toBe(true);
  });

  it('sends no key in a URL', async () => {
    latchkey.sandbox.reset();
    await examine();
    const asked = latchkey.sandbox.requests;
    expect(JSON.stringify(asked.map(({ query }) => query))).not.toMatch(/secret/);
    expect(asked.some(({ form }) => form['client_secret'] === 'facebook-secret')).toBe(true);
  });
});

describe('a provider with a problem', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function serve(listener: RequestListener): Promise<string> {
    const port = await freePort();
    const made = createServer(listener);
    server = made;
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${port}`;
  }

  it.each(['GOOGLE_ISSUER', 'TWITTER_API_URL', 'FACEBOOK_GRAPH_URL'])(
    'is unreachable (%s)',
    async (variable) => {
      const { isBroken, complaints } = await examine({
        [variable]: `http://127.0.0.1:${await freePort()}`,
      });
      expect(complaints('reachability')).toEqual([
        expect.objectContaining({
          status: 'broken',
          message: expect.stringContaining('cannot be connected to (ECONNREFUSED)'),
          action: expect.stringContaining('firewall'),
        }),
      ]);
      expect(complaints('keys')).toEqual([]);
      expect(isBroken).toBe(true);
    },
  );

  it('does not answer', async () => {
    const silent = await serve(() => undefined);
    const { isBroken, complaints } = await examine({
      FACEBOOK_GRAPH_URL: silent,
      PROVIDER_TIMEOUT_MS: '500',
    });
    expect(complaints('reachability')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('did not answer in time') }),
    ]);
    expect(isBroken).toBe(true);
  });

  it.each([
    [-45, 'warning', 'ahead of'],
    [45, 'warning', 'behind'],
    [-90, 'broken', 'ahead of'],
    [90, 'broken', 'behind'],
  ])('has a clock that is %d s from this one: %s', async (seconds, status, direction) => {
    let url = '';
    url = await serve((_req, res) => {
      res.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
      res.end(discovery(url));
    });
    const { isBroken, complaints } = await examine({ GOOGLE_ISSUER: url });
    expect(complaints('clock')).toEqual([
      expect.objectContaining({
        status,
        message: expect.stringContaining(direction),
        action: expect.stringContaining('NTP'),
      }),
    ]);
    expect(isBroken).toBe(status === 'broken');
  });

  it.each([
    ['the document of another issuer', discovery('http://127.0.0.1:9'), /a different issuer/],
    ['no document', 'hello', /not a discovery document/],
    ['endpoints without TLS', discovery('http://issuer.test'), /not a discovery document/],
  ])('answers with %s', async (_what, body, message) => {
    const url = await serve((_req, res) => void res.end(body));
    const { isBroken, complaints } = await examine({ GOOGLE_ISSUER: url });
    expect(complaints('reachability')).toEqual([
      expect.objectContaining({ status: 'broken', message: expect.stringMatching(message) }),
    ]);
    expect(isBroken).toBe(true);
  });
});

describe('an invalid configuration', () => {
  it('has every problem reported and the rest checked, without a secret', async () => {
    const { isBroken, text, findings, complaints } = await examine({
      NODE_ENV: 'production',
      PUBLIC_URL: latchkey.url,
      PORT: 'eighty',
      SESSION_SECRET: 'hunter2',
      GOOGLE_CLIENT_SECRET: undefined,
      FACEBOOK_GRAPH_URL: 'http://user:hunter2@graph.test',
      SANDBOX: 'on',
    });
    expect(isBroken).toBe(true);
    const named = complaints('configuration')
      .filter(({ status }) => status === 'broken')
      .map(({ message }) => /^[A-Z_]+/.exec(message)?.[0] ?? message);
    expect(named.toSorted()).toEqual([
      'FACEBOOK_GRAPH_URL',
      'GOOGLE_CLIENT_SECRET',
      'PORT',
      'SANDBOX',
      'SESSION_SECRET',
    ]);
    expect(text).not.toContain('hunter2');
    const messages = findings.map(({ message }) => message);
    expect(messages).toContain('Google was not checked.');
    expect(messages).toContain('Facebook was not checked.');
    expect(messages).toContainEqual(expect.stringMatching(/^The schema is current/));
    expect(complaints('secrets')).toEqual([
      expect.objectContaining({ action: expect.stringContaining('SESSION_SECRET') }),
    ]);
  });

  it('has no keys checked without PUBLIC_URL, which the redirect URI follows from', async () => {
    latchkey.sandbox.reset();
    const { complaints } = await examine({ PUBLIC_URL: 'ftp://id.test' });
    expect(complaints('keys')).toEqual([
      {
        check: 'keys',
        status: 'warning',
        message: 'This was not checked.',
        action: 'Correct PUBLIC_URL, and run this again.',
      },
    ]);
    expect(latchkey.sandbox.requests.map(({ form }) => form)).not.toContainEqual(
      expect.objectContaining({ client_secret: expect.anything() }),
    );
  });

  it('is also one with a secret that can be guessed', async () => {
    const weak = 'canary-my-very-secret-session-password';
    const { isBroken, text, complaints } = await examine({
      NODE_ENV: 'production',
      PUBLIC_URL: latchkey.url,
      SESSION_SECRET: `${SESSION_SECRET},${weak}`,
    });
    expect(complaints('secrets')).toEqual([
      expect.objectContaining({
        status: 'broken',
        message: expect.stringContaining('Secret 2 of 2 in SESSION_SECRET is made of words'),
      }),
    ]);
    expect(isBroken).toBe(true);
    expect(text).not.toContain('canary');
    expect(text).not.toContain(SESSION_SECRET);
  });

  it('warns of a Graph version that may have ended', async () => {
    const { isBroken, complaints } = await examine({ FACEBOOK_GRAPH_VERSION: 'v18.0' });
    expect(complaints('configuration')).toEqual([
      expect.objectContaining({
        status: 'warning',
        message: expect.stringContaining('Graph v18.0'),
        action: expect.stringContaining('FACEBOOK_GRAPH_VERSION'),
      }),
    ]);
    expect(isBroken).toBe(false);
  });
});

describe('a database that cannot be used', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-doctor-'));
    writeFileSync(join(folder, 'text.db'), 'not a database, but long enough to look like a header');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is down', async () => {
    const { isBroken, text, complaints } = await examine({
      DATABASE_URL: `postgres://latchkey:hunter2@127.0.0.1:${await freePort()}/latchkey`,
    });
    expect(complaints('database')).toEqual(
      brokenDatabase(/cannot be connected to \(ECONNREFUSED\)/),
    );
    expect(isBroken).toBe(true);
    expect(text).not.toContain('hunter2');
  });

  it('does not answer', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { isBroken, complaints } = await examine({
      DATABASE_URL: `postgres://latchkey@127.0.0.1:${port}/latchkey`,
      DATABASE_CONNECT_TIMEOUT_MS: '300',
    });
    silent.close();
    expect(complaints('database')).toEqual(brokenDatabase(/did not answer in time/));
    expect(isBroken).toBe(true);
  });

  it('is in a folder that cannot be written', async () => {
    const { isBroken, complaints } = await examine({ DATABASE_URL: 'file:/dev/null/latchkey.db' });
    expect(complaints('database')).toEqual(brokenDatabase(/cannot be written \(ENOTDIR\)/));
    expect(isBroken).toBe(true);
  });

  it('is a folder', async () => {
    const { isBroken, complaints } = await examine({ DATABASE_URL: `file:${folder}` });
    expect(complaints('database')).toEqual(brokenDatabase(/cannot be written \(EISDIR\)/));
    expect(isBroken).toBe(true);
  });

  it('is another kind of file', async () => {
    const { isBroken, complaints } = await examine({ DATABASE_URL: `file:${folder}/text.db` });
    expect(complaints('database')).toEqual(brokenDatabase(/no SQLite database/));
    expect(isBroken).toBe(true);
  });

  it('was migrated by a newer version', async () => {
    const { database } = latchkey;
    await sql`insert into latchkey_migration (name, timestamp) values ('9999-later', 'now')`.execute(
      database,
    );
    try {
      const { isBroken, complaints } = await examine();
      expect(complaints('database')).toEqual(brokenDatabase(/newer version .* \(9999-later\)/));
      expect(isBroken).toBe(true);
    } finally {
      await sql`delete from latchkey_migration where name = '9999-later'`.execute(database);
    }
  });

  it('is locked by another program', async () => {
    const file = join(folder, 'locked.db');
    const other = new SqliteFile(file);
    other.exec('pragma journal_mode = wal; create table theirs (id text); begin immediate');
    try {
      const { isBroken, complaints } = await examine({ DATABASE_URL: `file:${file}` });
      expect(complaints('database')).toEqual(brokenDatabase(/is locked by another program/));
      expect(isBroken).toBe(true);
    } finally {
      other.close();
    }
  });

  it('lacks a table', async () => {
    const { database } = latchkey;
    await sql`alter table activity rename to gone`.execute(database);
    try {
      const { isBroken, complaints } = await examine();
      expect(complaints('database')).toEqual(brokenDatabase(/are not there.* \(activity\)/));
      expect(isBroken).toBe(true);
    } finally {
      await sql`alter table gone rename to activity`.execute(database);
    }
  });
});

it('creates no file for the embedded database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-doctor-'));
  rmSync(folder, { recursive: true });
  const { isBroken, findings } = await examine({ DATABASE_URL: `file:${folder}/data/latchkey.db` });
  expect(isBroken).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('the first start makes it') }),
  );
  expect(() => rmSync(folder, { recursive: true })).toThrow('ENOENT');
});

// The embedded database has no such options.
onPostgres('a PostgreSQL server', () => {
  const role = `doctor_${randomBytes(4).toString('hex')}`;

  beforeAll(async () => {
    await sql.raw(`create role ${role} connection limit 3`).execute(latchkey.database);
    await sql
      .raw(`grant select on all tables in schema public to ${role}`)
      .execute(latchkey.database);
  });

  afterAll(async () => {
    await sql.raw(`drop owned by ${role}`).execute(latchkey.database);
    await sql.raw(`drop role ${role}`).execute(latchkey.database);
  });

  const asRole = () => {
    const url = new URL(latchkey.environment['DATABASE_URL'] ?? '');
    url.searchParams.set('options', `-c role=${role}`);
    return { DATABASE_URL: url.href };
  };

  it('lets the user only read its tables', async () => {
    const { isBroken, complaints } = await examine({ ...asRole(), DATABASE_POOL_SIZE: '2' });
    expect(complaints('database')).toEqual(brokenDatabase(/may not read and write its tables/));
    expect(isBroken).toBe(true);
  });

  it('allows the user fewer connections than the pool takes', async () => {
    const { complaints } = await examine({ ...asRole(), DATABASE_POOL_SIZE: '4' });
    expect(complaints('database').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the server takes 3 connections from this user at most'),
    );
  });

  it('has tables of that name without a migration', async () => {
    const { database } = latchkey;
    await sql.raw(`grant create on schema public to ${role}`).execute(database);
    await sql`delete from latchkey_migration where name like '0001-%'`.execute(database);
    try {
      const { isBroken, complaints } = await examine({ ...asRole(), DATABASE_POOL_SIZE: '2' });
      expect(complaints('database')).toEqual(
        brokenDatabase(/of something else under the names of the service’s/),
      );
      expect(isBroken).toBe(true);
    } finally {
      await sql`insert into latchkey_migration (name, timestamp)
        values ('0001-schema', '2026-01-01')`.execute(database);
    }
  });

  it.each([
    ['default_transaction_read_only=on', /can only be read/],
    ['search_path=nowhere', /no schema in its search_path/],
  ])('has an option that breaks the service: %s', async (option, message) => {
    const url = new URL(latchkey.environment['DATABASE_URL'] ?? '');
    url.searchParams.set('options', `-c ${option}`);
    const { isBroken, complaints } = await examine({ DATABASE_URL: url.href });
    expect(complaints('database')).toEqual(brokenDatabase(message));
    expect(isBroken).toBe(true);
  });
});
