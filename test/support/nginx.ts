import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where a configuration finds what was made for this run. */
export interface NginxPaths {
  /** For logs and all else that nginx writes. */
  folder: string;
  /** A certificate for localhost of our own making, and its key. */
  certificate: string;
  key: string;
}

/** A running nginx that ends TLS in front of a service. */
export interface TlsProxy extends NginxPaths {
  close(): Promise<void>;
}

/**
 * Starts nginx with a certificate of its own making.
 *
 * @param port where it listens on localhost: the start waits for that
 * @param serve what stands in its `http` block
 */
export async function runNginx(
  port: number,
  serve: (paths: NginxPaths) => string,
): Promise<TlsProxy> {
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));
  if (program === undefined || spawnSync('openssl', ['version']).status !== 0) {
    throw new Error('There is no nginx, or no openssl: apt-get install nginx openssl.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-nginx-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  makeCertificate(key, certificate);
  const paths = { folder, certificate, key };
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, serve(paths)));
  const nginx = spawn(program, ['-p', folder, '-c', file, '-g', 'daemon off;'], {
    stdio: 'ignore',
  });
  await listening(port, join(folder, 'error.log'));
  return {
    ...paths,
    async close() {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCertificate(key: string, certificate: string): void {
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
}

function configuration(folder: string, http: string): string {
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
      ${http}
    }`;
}

async function listening(port: number, errorLog: string): Promise<void> {
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
  const said = existsSync(errorLog) ? readFileSync(errorLog, 'utf8') : '';
  throw new Error(`nginx did not start.\n${said}`);
}
