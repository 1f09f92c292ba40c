import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const { workspaces: names } = JSON.parse(readFileSync('examples/package.json', 'utf8')) as {
  workspaces: string[];
};

/** What tools write, and .gitignore has. */
const WRITTEN = new Set([
  'node_modules',
  '.next',
  '__pycache__',
  'next-env.d.ts',
  'tsconfig.tsbuildinfo',
  'dist',
]);

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !WRITTEN.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [path];
    });
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length;

describe.each(names)('the example %s', (name) => {
  it('has fewer than 200 lines of its own', () => {
    const own = filesOf(`examples/${name}`).filter((file) => !file.endsWith('/README.md'));
    expect(own.length).toBeGreaterThan(2);
    expect(own.map(linesOf).reduce((sum, lines) => sum + lines)).toBeLessThan(200);
  });

  it('has a README of at most 25 lines, which says how to start it', () => {
    const readme = `examples/${name}/README.md`;
    expect(linesOf(readme)).toBeLessThanOrEqual(25);
    expect(readFileSync(readme, 'utf8')).toContain('npm start');
  });

  it('is in the lists of the examples and of the README', () => {
    expect(readFileSync('examples/README.md', 'utf8')).toContain(`](${name})`);
    expect(readFileSync('README.md', 'utf8')).toContain(`](examples/${name})`);
  });

  it('stands at ports that no other has', () => {
    const settings = readFileSync(`examples/${name}/latchkey.env`, 'utf8');
    const [, port, sandbox] = /^PORT=31(\d\d)\nSANDBOX_PORT=41(\d\d)\n/.exec(settings) ?? [];
    expect(port).toBeDefined();
    expect(sandbox).toBe(port);
    const others = names.filter((other) => other !== name);
    const taken = others.map((other) => readFileSync(`examples/${other}/latchkey.env`, 'utf8'));
    expect(taken.filter((text) => text.includes(`PORT=31${port}`))).toEqual([]);
  });
});
