/**
 * Builds `@latchkey/client` into `client/dist`: a small file for each of its exports, what they share, and their types.
 *
 *     node build/client.mjs
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { exports, engines } = JSON.parse(readFileSync('client/package.json', 'utf8'));
const built = Object.values(exports).flatMap(({ default: file }) => (file ? [file] : []));

rmSync('client/dist', { recursive: true, force: true });
await build({
  entryPoints: built.map((file) => file.replace('./dist/', 'client/src/').replace('.js', '.ts')),
  outdir: 'client/dist',
  bundle: true,
  splitting: true,
  chunkNames: 'shared-[hash]',
  packages: 'external',
  format: 'esm',
  target: ['es2022', `node${engines.node.slice(2)}`],
  minify: true,
  sourcemap: true,
  logLevel: 'warning',
});
execFileSync('node_modules/.bin/tsc', ['-p', 'client'], { stdio: 'inherit' });
