import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

/** A project elsewhere that has installed the packed client. */
const project = mkdtempSync(join(tmpdir(), 'client-'));
const installed = join(project, 'node_modules/@latchkey/client');
const run = (program: string, ...of: string[]) =>
  execFileSync(program, of, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

let files: string[];

beforeAll(() => {
  execFileSync(process.execPath, ['build/client.mjs']);
  const packed = execFileSync(
    'npm',
    ['pack', './client', '--json', '--silent', '--pack-destination', project],
    { encoding: 'utf8' },
  );
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  run('tar', 'xzf', filename, '--strip-components=1', '-C', installed);
  files = run('tar', 'tzf', filename).trim().split('\n');
  for (const name of ['react', '@types/react', '@types/node', 'undici-types', 'csstype']) {
    const link = join(project, 'node_modules', name);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), link);
  }
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
}, 120_000);

afterAll(() => rmSync(project, { recursive: true }));

const manifest = () =>
  JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    exports: Record<string, { default?: string }>;
    dependencies?: object;
  };

it('has what is built, and nothing else', () => {
  const others = files.filter(
    (file) => !/^package\/dist\/[\w-]+\.(?:js|d\.ts|js\.map)$/.test(file),
  );
  expect(others.toSorted()).toEqual([
    'package/LICENSE',
    'package/README.md',
    'package/package.json',
  ]);
  expect(manifest().dependencies).toBeUndefined();
});

it('can be imported by a server component of React', () => {
  const react = readFileSync(join(installed, 'dist/react.js'), 'utf8');
  expect(react).toMatch(/^"use client";/);
  // The links' words come along, and not the sentences.
  expect(react).not.toContain('messages');
});

it('has a core of at most 4 kB', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(installed, 'dist/index.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  const [core] = outputFiles;
  const size = gzipSync(core?.contents ?? '', { level: 9 }).length;
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThanOrEqual(4096);
  // Sentences are apart.
  expect(core?.text).not.toContain('Sign in first.');
});

it('loads in Node, where there is no page either', () => {
  const names = Object.keys(manifest().exports).filter((name) => name !== './package.json');
  expect(names).toEqual([
    '.',
    './react',
    './server',
    './express',
    './next',
    './native',
    './messages',
  ]);
  const script = `
    for (const name of ${JSON.stringify(names)}) await import('@latchkey/client' + name.slice(1));
    const { createLatchkey } = await import('@latchkey/client');
    const latchkey = createLatchkey({ baseUrl: 'https://id.example.com/' });
    console.log(await latchkey.resumed, latchkey.signInUrl('google', { returnTo: '/inbox' }));`;
  expect(run(process.execPath, '--input-type=module', '-e', script)).toBe(
    'null https://id.example.com/auth/google?returnTo=%2Finbox\n',
  );
});

const PAGE = ['', 'react', 'messages'];
const SERVER = ['server', 'express', 'next', 'native', 'messages'];
const OF_BROWSERS = { lib: ['es2022', 'dom', 'dom.iterable'], types: [] };

describe.each([
  ['a browser', OF_BROWSERS, PAGE],
  ['a bundler', { ...OF_BROWSERS, module: 'esnext', moduleResolution: 'bundler' }, PAGE],
  ['Node', { lib: ['es2022'], types: ['node'] }, SERVER],
  ['Node 16', { lib: ['es2022'], types: ['node'], module: 'node16' }, SERVER],
])('the types of %s', (_name, options, entries) => {
  it('are strict, with nothing left out', () => {
    const imports = entries.map(
      (entry, at) => `import * as entry${at} from '@latchkey/client${entry && `/${entry}`}';`,
    );
    const uses = entries.map((_entry, at) => `entry${at}`).join(', ');
    writeFileSync(join(project, 'use.ts'), `${imports.join('\n')}\nexport default [${uses}];\n`);
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          ...options,
          target: 'es2022',
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
        },
        files: ['use.ts'],
      }),
    );
    const tsc = resolve('node_modules/typescript/bin/tsc');
    let said = '';
    try {
      said = run(process.execPath, tsc, '-p', '.');
    } catch (error) {
      said = String((error as { stdout?: string }).stdout);
    }
    expect(said).toBe('');
  }, 60_000);
});
