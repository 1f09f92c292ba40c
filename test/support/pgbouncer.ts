import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from '../postgres/answers.mjs';
import { freePort } from './free-port.mjs';

/** A pooler in front of a PostgreSQL server. */
export interface PgBouncer {
  /** The way to a database through the pooler. */
  through(databaseUrl: string): string;
  close(): Promise<void>;
}

/** What `.env.example` tells operators to let PgBouncer pass over. */
const DOCUMENTED = 'statement_timeout, idle_in_transaction_session_timeout';

/**
 * Starts PgBouncer (Debian: apt-get install pgbouncer) in transaction mode, where each transaction may get another
 * connection, with fewer connections to the server than the service's pool has to the pooler.
 *
 * @param server a URL of the server
 * @param ignored the parameters of a connection's start that it passes over
 */
export async function startPgBouncer(server: string, ignored = DOCUMENTED): Promise<PgBouncer> {
  const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('There is no pgbouncer: apt-get install pgbouncer.');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-pgbouncer-'));
  const [file, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')];
  const { hostname, port, username, password } = new URL(server);
  const listenPort = await freePort();
  writeFileSync(users, `"${username}" "${decodeURIComponent(password)}"\n`);
  writeFileSync(
    file,
    `[databases]
* = host=${hostname} port=${port || '5432'}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 3
ignore_startup_parameters = ${ignored}
`,
  );
  // It refuses to run as root, and reads its files as whom it becomes.
  chmodSync(folder, 0o755);
  const asWhom = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const pooler = spawn(program, [...asWhom, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  pooler.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const through = (databaseUrl: string): string => {
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${listenPort}`;
    return url.href;
  };
  const close = async (): Promise<void> => {
    if (pooler.exitCode === null) {
      const ended = once(pooler, 'exit');
      pooler.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await answers(through(server))); tries += 1) {
    if (tries === 100 || pooler.exitCode !== null) {
      await close();
      throw new Error(`PgBouncer did not start:\n${said}`);
    }
    await sleep(50);
  }
  return { through, close };
}
