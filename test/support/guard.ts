import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nginxFolder, type NginxProcess, spawnNginx } from './nginx-process.js';

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

/** Starts nginx before an application at app.acme.localhost, with what deploy/verify has. */
export function guardByNginx({ port, latchkey, application }: Addresses): Promise<NginxProcess> {
  const asks = join(process.cwd(), FOLDER, 'latchkey-asks.conf');
  const http = exchange('nginx.conf', [
    ['127.0.0.1:3000', latchkey],
    ['127.0.0.1:8080', application],
    ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
    ['app.example.com', 'app.acme.localhost'],
    ['    ssl_certificate     /etc/ssl/app/fullchain.pem;\n', ''],
    ['    ssl_certificate_key /etc/ssl/app/privkey.pem;\n', ''],
    ['/etc/nginx/latchkey-asks.conf', asks],
  ]);
  return spawnNginx(port, nginxFolder(), http);
}
