/**
 * Runs the end-to-end suites on PostgreSQL: on the server that TEST_DATABASE_URL names, or on a throw-away one from
 * PostgreSQL's own binaries (Debian: apt-get install postgresql). Arguments go to Jest.
 *
 *     npm run test:postgres
 *     npm run test:postgres -- test/sign-in.e2e-spec.ts
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where PostgreSQL's programs are: on the PATH, or where Debian keeps those of each version. */
function findBinaries() {
  const onPath = spawnSync('initdb', ['--version']);
  if (onPath.status === 0) return '';
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  const newest = Math.max(0, ...versions.filter((version) => version >= 14));
  if (newest > 0) return `${join(root, String(newest), 'bin')}/`;
  throw new Error(
    'No PostgreSQL: set TEST_DATABASE_URL, or install its server (apt-get install postgresql).',
  );
}

function postgresId(flag) {
  return Number(execFileSync('id', [flag, 'postgres']).toString());
}

/** PostgreSQL refuses to run as root; its Debian package makes an account for it. */
function unprivileged(folder) {
  if (process.getuid?.() !== 0) return {};
  const account = { uid: postgresId('-u'), gid: postgresId('-g') };
  chownSync(folder, account.uid, account.gid);
  return account;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server that keeps nothing. Returns its URL, and what stops it. */
async function startServer() {
  const binaries = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'));
  const account = unprivileged(folder);
  const data = join(folder, 'data');
  execFileSync(
    `${binaries}initdb`,
    ['-D', data, '-U', 'latchkey', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...account, stdio: ['ignore', 'ignore', 'inherit'], cwd: folder },
  );
  const port = await freePort();
  const settings = ['fsync=off', 'max_connections=300', `unix_socket_directories=${folder}`];
  const server = spawn(
    `${binaries}postgres`,
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    { ...account, stdio: 'ignore', cwd: folder },
  );
  const ready = () =>
    spawnSync(`${binaries}pg_isready`, ['-h', '127.0.0.1', '-p', String(port)]).status === 0;
  for (let tries = 0; !ready(); tries += 1) {
    if (tries === 100) throw new Error('PostgreSQL did not start.');
    await wait(100);
  }
  return {
    url: `postgres://latchkey@127.0.0.1:${port}/postgres`,
    stop() {
      server.kill('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const given = process.env['TEST_DATABASE_URL'];
const server = given ? { url: given, stop() {} } : await startServer();
try {
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...process.argv.slice(2),
      '--selectProjects=e2e',
    ],
    { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } },
  );
  process.exitCode = status ?? 1;
} finally {
  server.stop();
}
