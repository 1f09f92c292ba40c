/** Runs nginx with the files of deploy/verify, as they are but for this machine's addresses, before the dashboard. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboard } from './dashboard.mjs';

const { ORIGIN, LATCHKEY, DASHBOARD } = process.env;
const { hostname, port } = new URL(ORIGIN);
const verify = join(import.meta.dirname, '..', '..', 'deploy', 'verify');

/** What you change by hand, and the certificate, which this machine does without. */
const server = [
  ['127.0.0.1:3000', LATCHKEY],
  ['127.0.0.1:8080', DASHBOARD],
  ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
  ['app.example.com', hostname],
  [/^ *ssl_certificate.*\n/gm, ''],
  ['/etc/nginx/latchkey-asks.conf', join(verify, 'latchkey-asks.conf')],
].reduce(
  (text, [from, to]) => text.replaceAll(from, to),
  readFileSync(join(verify, 'nginx.conf'), 'utf8'),
);

const program = ['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync);
if (program === undefined) {
  console.error('There is no nginx: apt-get install nginx.');
  process.exit(1);
}
// Without it, as on macOS, the configuration has a line less: it says which, and why that will do.
const module = '/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so';
const hasModule = existsSync(module);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-nginx-'));
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
  (kind) => `${kind}_temp_path ${folder}/${kind};`,
);
writeFileSync(
  join(folder, 'nginx.conf'),
  `daemon off;
  ${hasModule ? `load_module ${module};` : ''}
  pid ${folder}/nginx.pid;
  error_log stderr;
  events {}
  http {
    access_log off;
    ${temporary.join('\n    ')}
    ${hasModule ? server : server.replace(/^ *more_clear_input_headers.*$/m, '')}
  }`,
);
const nginx = spawn(program, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => nginx.kill());
nginx.on('exit', (code) => {
  dashboard.close();
  dashboard.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code;
});
