/**
 * Makes what the examples need and what is not there yet: the service, built; the client, packed; their packages.
 *
 *     node examples/prepare.mjs
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeTurn } from './ports.mjs';

export const examples = import.meta.dirname;
const root = join(examples, '..');
export const service = join(root, 'dist', 'main.js');

/** @param {{ packages: boolean }} needs whether those of the npm registry are needed, too */
export function prepare({ packages }) {
  const packed = join(root, 'client', packageOf('client'));
  const needsBuild = !existsSync(service);
  const needsClient = packages && !existsSync(packed);
  if ((needsBuild || needsClient) && !existsSync(join(root, 'node_modules'))) npm(root, 'ci');
  if (needsBuild) npm(root, 'run', 'build');
  if (needsClient) npm(root, 'run', 'pack:client');
  // What npm writes last; older than a client that has been packed anew since.
  const installed = join(examples, 'node_modules', '.package-lock.json');
  if (packages && timeOf(installed) < timeOf(packed)) npm(examples, 'ci');
}

/** The file that `npm pack` makes of a folder. */
function packageOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}

const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function npm(cwd, ...args) {
  console.log(`npm ${args.join(' ')} (once)`);
  const { status } = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`npm ${args.join(' ')} has failed in ${cwd}: it has said why, above.`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const endTurn = await takeTurn();
  prepare({ packages: true });
  endTurn();
}
