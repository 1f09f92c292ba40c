/**
 * Puts the compiled service into a few files: Node reads and links one large module faster than a thousand small ones, and
 * so a start takes half the time (docs/performance.md). What only some commands or settings need stays in files of its
 * own, which are loaded when they are used.
 *
 *     nest build && node build/bundle.mjs [folder]
 */
import { readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Packages that load files of their own by path; that call what Node warns about outside of packages (`url.parse`); that
 * come late, and whose names a bundle would hide (undici); that are not there at all: optional ones of Nest's and pg's.
 */
const EXTERNAL = [
  '@photostructure/sqlite',
  'oauth',
  'passport-facebook',
  'passport-google-oauth20',
  'passport-twitter',
  'pino',
  'pino-pretty',
  'reflect-metadata',
  'swagger-ui-dist',
  'undici',
  '@fastify/static',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/websockets/*',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
  'pg-native',
];

/** What CommonJS packages expect to be there. */
const BANNER = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

/**
 * Bundles a folder that the compiler has written, in place. Files that are no code stay where they are.
 *
 * @param {string} folder with `main.js`
 */
export async function bundle(folder) {
  const bundled = join(folder, 'bundled');
  await build({
    entryPoints: [join(folder, 'main.js')],
    outdir: bundled,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    external: EXTERNAL,
    banner: { js: BANNER },
    legalComments: 'none',
    logLevel: 'warning',
    // A type that decorators take for a value.
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [{ name: 'own-folder', setup: (hooks) => keepOwnFolder(hooks, folder) }],
  });
  for (const path of readdirSync(folder, { recursive: true })) {
    const isOld = /\.js(?:\.map)?$/.test(path) && !path.startsWith('bundled');
    if (isOld) rmSync(join(folder, path));
  }
  for (const name of readdirSync(bundled)) renameSync(join(bundled, name), join(folder, name));
  rmSync(bundled, { recursive: true });
  removeEmptyFolders(folder);
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** A module that looks for files beside it is told where it was, not where the bundle is. */
function keepOwnFolder(hooks, folder) {
  hooks.onLoad({ filter: /\.js$/ }, ({ path }) => {
    if (
      relative(folder, path).startsWith('..') ||
      path.slice(folder.length).includes('node_modules')
    )
      return null;
    const own = `new URL('./${relative(folder, path)}', import.meta.url).href`;
    return {
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', own),
      loader: 'js',
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await bundle(resolve(process.argv[2] ?? 'dist'));
