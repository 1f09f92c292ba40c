/**
 * Makes what the examples need and what is not there yet: the service, built; the client, packed; their packages.
 *
 *     node examples/prepare.mjs
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const examples = import.meta.dirname;
const root = join(examples, '..');
export const service = join(root, 'dist', 'main.js');

/** @param {{ packages: boolean }} needs whether those of the npm registry are needed, too */
export function prepare({ packages }) {
  if (!existsSync(service)) {
    if (!existsSync(join(root, 'node_modules'))) npm(root, 'ci');
    npm(root, 'run', 'build');
  }
  if (packages && !existsSync(join(examples, 'node_modules'))) npm(examples, 'ci');
}

function npm(cwd, ...args) {
  console.log(`npm ${args.join(' ')} (once)`);
  execFileSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare({ packages: true });
