import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.mjs';

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

/** The processes that another one has started. PostgreSQL's lead sessions of their own, so there is no group to signal. */
function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        // The name in brackets may hold anything; the parent is the second field after it (proc(5)).
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function signal(processes, name) {
  for (const id of processes) {
    try {
      process.kill(id, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Waits until a process, which need not be a child of ours, is gone. */
async function gone(id) {
  for (let tries = 0; existsSync(`/proc/${id}`); tries += 1) {
    if (tries === 400) throw new Error(`PostgreSQL’s process ${id} does not end.`);
    await wait(25);
  }
}

/** Puts a certificate where the server reads it, and lets nobody in without TLS. Returns the settings. */
function useTls({ cert, key }, data, { uid, gid }) {
  for (const [name, text] of [
    ['server.crt', cert],
    ['server.key', key],
    ['pg_hba.conf', 'hostssl all all 127.0.0.1/32 trust\n'],
  ]) {
    const file = join(data, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (uid !== undefined) chownSync(file, uid, gid);
  }
  return ['ssl=on'];
}

/** What is committed stays in memory until a writer comes by, which is as seldom as can be set. */
const FORGETFUL = [
  'synchronous_commit=off',
  'wal_buffers=16MB',
  'wal_writer_delay=10s',
  'wal_writer_flush_after=1GB',
  'bgwriter_lru_maxpages=0',
];

/** Whether a server can be started here. */
export function hasPostgres() {
  try {
    findBinaries();
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a throw-away PostgreSQL server, which can be frozen, stopped, killed and started again on the same data and port.
 *
 * @param {{ durable?: boolean, forgetful?: boolean, tls?: { cert: string, key: string } }} [options] `durable`: what it
 *   has committed survives its death, as in production; `forgetful`: it says that it has committed what its death undoes;
 *   `tls`: the certificate and key, PEM, with which it takes no connection without TLS
 */
export async function startPostgres({ durable = false, forgetful = false, tls = null } = {}) {
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
  const settings = [
    `fsync=${durable ? 'on' : 'off'}`,
    'max_connections=300',
    `unix_socket_directories=${folder}`,
  ];
  if (forgetful) settings.push(...FORGETFUL);
  if (tls !== null) settings.push(...useTls(tls, data, account));
  let server = null;
  let ended = Promise.resolve();

  const isReady = () =>
    spawnSync(`${binaries}pg_isready`, ['-h', '127.0.0.1', '-p', String(port)]).status === 0;

  async function start() {
    server = spawn(
      `${binaries}postgres`,
      [
        '-D',
        data,
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        ...settings.flatMap((one) => ['-c', one]),
      ],
      { ...account, stdio: 'ignore', cwd: folder },
    );
    ended = once(server, 'exit');
    for (let tries = 0; !isReady(); tries += 1) {
      if (tries === 100 || server.exitCode !== null) throw new Error('PostgreSQL did not start.');
      await wait(100);
    }
  }

  /** Ends the server by a signal (https://www.postgresql.org/docs/current/server-shutdown.html), with all its processes. */
  async function end(name) {
    const processes = childrenOf(server.pid);
    // A postmaster that is killed cannot end the others: with SIGKILL they all die at once, as in a power cut.
    signal(name === 'SIGKILL' ? [server.pid, ...processes] : [server.pid], name);
    await ended;
    await Promise.all(processes.map(gone));
  }

  await start();
  return {
    url: `postgres://latchkey@127.0.0.1:${port}/postgres`,
    /** The process of the server, whose children do the work. */
    get id() {
      return server.pid;
    },
    start,
    /** Stops it in order: sessions are cut, what was committed is written. */
    stop: () => end('SIGINT'),
    /** Kills every process of it. */
    kill: () => end('SIGKILL'),
    /** Stops every process where it is: connections stay open, and nothing is answered any more. */
    freeze() {
      // The postmaster first, so that it starts no other.
      signal([server.pid], 'SIGSTOP');
      signal(childrenOf(server.pid), 'SIGSTOP');
    },
    /** Lets a frozen server go on. */
    thaw() {
      signal([...childrenOf(server.pid), server.pid], 'SIGCONT');
    },
    /** Ends it, and deletes its data. */
    async remove() {
      if (server.exitCode === null && server.signalCode === null) await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
