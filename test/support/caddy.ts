import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listens } from './nginx-process.js';

/**
 * Starts Caddy (Debian: apt-get install caddy), in a folder of its own.
 *
 * @param port where it listens on 127.0.0.1: the start waits for that
 * @param caddyfile its configuration, without global options
 */
export async function spawnCaddy(
  port: number,
  caddyfile: string,
): Promise<{ close(): Promise<void> }> {
  const program = '/usr/bin/caddy';
  if (!existsSync(program)) throw new Error('There is no caddy: apt-get install caddy.');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-caddy-'));
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${caddyfile}`);
  const caddy = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let log = '';
  for (const stream of [caddy.stdout, caddy.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
    });
  }
  if (!(await listens(port))) throw new Error(`Caddy did not start.\n${log}`);
  return {
    async close() {
      const ended = once(caddy, 'exit');
      caddy.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
