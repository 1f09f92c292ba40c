import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nginxFolder, spawnNginx } from './nginx-process.js';

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
  if (spawnSync('openssl', ['version']).status !== 0) {
    throw new Error('There is no openssl: apt-get install openssl.');
  }
  const folder = nginxFolder();
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  makeCertificate(key, certificate);
  const paths = { folder, certificate, key };
  const nginx = await spawnNginx(port, folder, serve(paths));
  return { ...paths, close: () => nginx.close() };
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
