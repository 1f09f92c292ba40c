import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running nginx, in a folder of its own. */
export interface NginxProcess {
  /** What it has had to say about its upstreams and its own errors. */
  log(): string;
  close(): Promise<void>;
}

/** A module for configurations that take it. */
export const HEADERS_MORE = '/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so';

/** Makes the folder that nginx gets for logs and all else. */
export function nginxFolder(): string {
  return mkdtempSync(join(tmpdir(), 'latchkey-nginx-'));
}

/**
 * Starts nginx (Debian: apt-get install nginx), and removes its folder when it is closed.
 *
 * @param port where it listens on 127.0.0.1: the start waits for that
 * @param folder from `nginxFolder`
 * @param http what stands in its `http` block
 * @param modules the files of those that it takes besides what is built in
 */
export async function spawnNginx(
  port: number,
  folder: string,
  http: string,
  modules: readonly string[] = [],
): Promise<NginxProcess> {
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('There is no nginx: apt-get install nginx.');
  const [file, errorLog] = [join(folder, 'nginx.conf'), join(folder, 'error.log')];
  writeFileSync(file, configuration(folder, http, modules));
  const nginx = spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;'], {
    stdio: 'ignore',
  });
  const log = () => (existsSync(errorLog) ? readFileSync(errorLog, 'utf8') : '');
  if (!(await listens(port))) throw new Error(`nginx did not start.\n${log()}`);
  return {
    log,
    async close() {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, http: string, modules: readonly string[]): string {
  return `
    ${modules.map((module) => `load_module ${module};`).join('\n')}
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    worker_processes 1;
    events { worker_connections 1024; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      ${http}
    }`;
}

/** Waits until somebody listens. False when nobody does after five seconds. */
export async function listens(port: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const opened = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (opened) return true;
    await sleep(50);
  }
  return false;
}
