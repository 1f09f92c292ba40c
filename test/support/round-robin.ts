import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RoundRobin {
  /** What nginx has to say about its instances. */
  log(): string;
  close(): Promise<void>;
}

/** The header in which an answer says which instance has made it: its address. */
export const INSTANCE_HEADER = 'x-instance';

/**
 * Starts nginx (Debian: apt-get install nginx) in front of instances of the service, which take turns. An instance that
 * cannot be connected to, or breaks an idempotent request off, is passed over. None is struck off for a while
 * (`max_fails=0`): with two, one of them stopping, nginx would else find "no live upstreams" after a single slip.
 *
 * @param port where it listens, on 127.0.0.1
 * @param instances their ports
 */
export async function startRoundRobin(port: number, instances: number[]): Promise<RoundRobin> {
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('There is no nginx: apt-get install nginx.');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-round-robin-'));
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, instances));
  const nginx = spawn(
    program,
    ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'],
    { stdio: 'ignore' },
  );
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/nginx`).catch(() => null)) break;
    if (tries === 100) {
      throw new Error(`nginx did not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`);
    }
    await sleep(50);
  }
  return {
    log: () => readFileSync(join(folder, 'error.log'), 'utf8'),
    async close() {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, instances: number[]): string {
  const servers = instances.map((each) => `server 127.0.0.1:${each} max_fails=0;`);
  return `
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
      upstream latchkey {
        ${servers.join('\n        ')}
        keepalive 16;
      }
      server {
        listen 127.0.0.1:${port};
        location = /nginx { return 204; }
        location / {
          proxy_pass http://latchkey;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_next_upstream error timeout;
          add_header ${INSTANCE_HEADER} $upstream_addr always;
        }
      }
    }`;
}
