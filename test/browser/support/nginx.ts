import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A running nginx that ends TLS in front of a service. */
export interface TlsProxy {
  close(): Promise<void>;
}

/**
 * Starts nginx with a certificate of its own making, in front of a service that speaks plain http. It passes on the bare
 * minimum: no `X-Forwarded-Proto`, and a Host that is not the public one, as a proxy that nobody has tuned does.
 *
 * @param port where it listens, on localhost
 * @param upstream the service's port
 */
export async function startNginx(port: number, upstream: number): Promise<TlsProxy> {
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));
  if (program === undefined || spawnSync('openssl', ['version']).status !== 0) {
    throw new Error('There is no nginx, or no openssl: apt-get install nginx openssl.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-nginx-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ].concat(['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate]),
    { stdio: 'ignore' },
  );
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, upstream));
  const nginx = spawn(
    program,
    ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'],
    {
      stdio: 'ignore',
    },
  );
  await listening(port);
  return {
    async close() {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, upstream: number): string {
  return `
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events {}
    http {
      access_log off;
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      server {
        listen 127.0.0.1:${port} ssl;
        server_name localhost;
        ssl_certificate ${folder}/certificate.pem;
        ssl_certificate_key ${folder}/key.pem;
        location / { proxy_pass http://127.0.0.1:${upstream}; }
      }
    }`;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const opened = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (opened) return;
    await wait(100);
  }
  throw new Error('nginx did not start.');
}
