import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { openDatabase } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { onPostgres } from '../support/on-store.js';
import { compileService, runCommand } from '../support/service-process.js';
import { hasPostgres, type PostgresServer, startPostgres } from '../postgres/server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
let server: PostgresServer;
let compiled: ReturnType<typeof compileService>;

/** A certificate that vouches for itself and for 127.0.0.1. Returns the paths of its files. */
function certificate(name: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const files = ['-nodes', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made, ...files, ...subject], { stdio: 'ignore' });
  return { cert, key };
}

function databaseAt(query: Record<string, string>): Config['database'] {
  const url = new URL(server.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return loadConfig({ DATABASE_URL: url.href }).database;
}

/** What becomes of a database that is opened with parameters in its URL. */
async function outcomeOf(query: Record<string, string>): Promise<string> {
  const database = openDatabase(databaseAt(query), () => undefined);
  try {
    await migrate(database);
    await database.ping();
    return 'open';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await database.destroy();
  }
}

// Starts a server of its own: needs PostgreSQL's programs, which .ci/run installs.
(hasPostgres() ? onPostgres : describe.skip)('a PostgreSQL server that requires TLS', () => {
  const own = certificate('server');
  const other = certificate('other');

  beforeAll(async () => {
    compiled = compileService();
    const [cert, key] = [readFileSync(own.cert, 'utf8'), readFileSync(own.key, 'utf8')];
    server = await startPostgres({ tls: { cert, key } });
  }, 30_000);

  afterAll(async () => {
    await server.remove();
    compiled.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is used when its certificate is trusted', async () => {
    expect(await outcomeOf({ sslmode: 'verify-full', sslrootcert: own.cert })).toBe('open');
  });

  it.each([
    ['somebody else vouches for', { sslmode: 'verify-full', sslrootcert: other.cert }],
    ['nobody vouches for', { sslmode: 'verify-full' }],
  ])('is not used when %s its certificate', async (_who, query) => {
    expect(await outcomeOf(query)).toBe('store_unavailable');
  });

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'has its certificate fully verified, without a warning, with sslmode=%s',
    async (sslmode) => {
      expect(await outcomeOf({ sslmode, sslrootcert: other.cert })).toBe('store_unavailable');
      const url = new URL(server.url);
      url.searchParams.set('sslmode', sslmode);
      url.searchParams.set('sslrootcert', own.cert);
      const { code, stderr } = await runCommand(compiled.main, { DATABASE_URL: url.href }, [
        'migrate',
      ]);
      expect([code, stderr]).toEqual([0, '']);
    },
  );

  it('refuses connections without TLS', async () => {
    expect(await outcomeOf({ sslmode: 'disable' })).toBe('store_unavailable');
  });
});
