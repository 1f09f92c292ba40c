import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

interface Entry {
  integrity?: string | undefined;
  resolved?: string;
  link?: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-lockfile-'));

afterAll(() => rmSync(folder, { recursive: true }));

function checked(file: string): [code: number | null, said: string] {
  const { status, stderr } = spawnSync(process.execPath, ['build/check-lockfile.mjs', file], {
    encoding: 'utf8',
  });
  return [status, stderr];
}

/** Checks the lockfile with something else in one entry. */
function withChanged(path: string, change: Entry): [code: number | null, said: string] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Entry>;
  };
  lock.packages[path] = { ...lock.packages[path], ...change };
  const file = join(folder, 'package-lock.json');
  writeFileSync(file, JSON.stringify(lock));
  return checked(file);
}

describe('the lockfile', () => {
  it.each(['package-lock.json', 'examples/package-lock.json'])(
    'has an integrity of every package, and names no registry: %s',
    (file) => {
      expect(checked(file)).toEqual([0, '']);
    },
  );

  it.each<[string, Entry]>([
    ['no integrity', { integrity: undefined }],
    ['a weak integrity', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['a registry', { resolved: 'https://registry.example.com/pg.tgz' }],
    ['a link', { link: true }],
    ['a file of this checkout as another had it', { resolved: 'file:../pg.tgz' }],
  ])('is refused with %s', (_name, change) => {
    const [code, said] = withChanged('node_modules/pg', change);
    expect([code, said]).toEqual([1, expect.stringContaining('node_modules/pg ')]);
  });
});
