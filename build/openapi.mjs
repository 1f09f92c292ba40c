/**
 * Writes openapi.json, or with `--check` fails when it is not what the code produces.
 *
 *     node build/openapi.mjs [--check]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FILE = 'openapi.json';

// Within the project, so that its packages are found.
const folder = mkdtempSync('.openapi-');
try {
  const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const options = ['--strip-leading-paths', '--quiet', '--ignore', '**/*.spec.ts'];
  execFileSync(process.execPath, [swc, 'src', '--out-dir', folder, ...options]);
  // As whoever has set nothing would have it, in a `.env` neither.
  const main = resolve(folder, 'main.js');
  const written = execFileSync(process.execPath, [main, 'openapi'], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!process.argv.includes('--check')) writeFileSync(FILE, written);
  else if (readFileSync(FILE, 'utf8') !== written) {
    process.stderr.write(`${FILE} is not what the code produces: run \`npm run openapi\`.\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
