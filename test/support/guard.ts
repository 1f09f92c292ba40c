import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnCaddy } from './caddy.js';
import { HEADERS_MORE, nginxFolder, type NginxProcess, spawnNginx } from './nginx-process.js';

export const FOLDER = 'deploy/verify';

/** Where a proxy listens, and what it stands before; `127.0.0.1` and a port each. */
export interface Addresses {
  port: number;
  latchkey: string;
  application: string;
}

/** Exchanges addresses, and nothing else, in a configuration that is delivered. */
export function exchange(file: string, pairs: readonly [from: string, to: string][]): string {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return pairs.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`${file} has no “${from}” any more`);
    return changed.replaceAll(from, to);
  }, text);
}

export type StartProxy = (addresses: Addresses) => Promise<{ close(): Promise<void> }>;

/** Starts Caddy before an application at app.acme.localhost, with what deploy/verify has. */
export const guardByCaddy: StartProxy = ({ port, latchkey, application }) =>
  spawnCaddy(
    port,
    exchange('Caddyfile', [
      ['127.0.0.1:3000', latchkey],
      ['127.0.0.1:8080', application],
      ['app.example.com', `http://app.acme.localhost:${port}`],
    ]),
  );

/** The line of nginx.conf that takes the module headers-more. */
const CLEARS_PREFIX = "    more_clear_input_headers 'X-Latchkey*' 'X_Latchkey*';\n";

/** The same with nginx. */
export function guardByNginx(addresses: Addresses): Promise<NginxProcess> {
  if (!existsSync(HEADERS_MORE)) {
    throw new Error('nginx lacks a module: apt-get install libnginx-mod-http-headers-more-filter.');
  }
  return guard(addresses, [], [HEADERS_MORE]);
}

/** The same with an nginx that has no headers-more: without the line that takes it. */
export function guardByPlainNginx(addresses: Addresses): Promise<NginxProcess> {
  return guard(addresses, [[CLEARS_PREFIX, '']], []);
}

function guard(
  { port, latchkey, application }: Addresses,
  more: readonly [from: string, to: string][],
  modules: readonly string[],
): Promise<NginxProcess> {
  const asks = join(process.cwd(), FOLDER, 'latchkey-asks.conf');
  const http = exchange('nginx.conf', [
    ['127.0.0.1:3000', latchkey],
    ['127.0.0.1:8080', application],
    ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
    ['app.example.com', 'app.acme.localhost'],
    ['    ssl_certificate     /etc/ssl/app/fullchain.pem;\n', ''],
    ['    ssl_certificate_key /etc/ssl/app/privkey.pem;\n', ''],
    ['/etc/nginx/latchkey-asks.conf', asks],
    ...more,
  ]);
  return spawnNginx(port, nginxFolder(), http, modules);
}
