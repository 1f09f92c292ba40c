import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...['docs', 'examples'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => join(folder, name)),
  ),
];

/** A page's text without its code, where brackets are no links. */
function prose(page: string): string {
  return readFileSync(page, 'utf8').replace(/^```[^]*?^```$/gm, '');
}

/** The anchors of a page, as GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[(.+?)\]\(.+?\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(anchors);
}

/** The links of a page that lead to nothing in this repository. */
function broken(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || relative('.', file).startsWith('..')) return true;
    return anchor !== undefined && !(stats.isFile() && anchorsOf(file).has(anchor));
  });
}

describe('the links of the documentation', () => {
  it.each(pages)('in %s lead somewhere', (page) => {
    expect(broken(page)).toEqual([]);
  });

  it('from the threat model to files lead somewhere', () => {
    const named = [...prose('docs/security/threat-model.md').matchAll(/`([\w./-]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => /^(?:src|test|docs|deploy|build)\/|\.(?:yaml|json)$/.test(name));
    expect(named.length).toBeGreaterThan(25);
    const missing = named.filter((name) => !statSync(name, { throwIfNoEntry: false })?.isFile());
    expect(missing).toEqual([]);
  });

  it('from the index of operations lead to every page there', () => {
    const index = prose('docs/operations/README.md');
    const unlisted = readdirSync('docs/operations').filter(
      (name) => name.endsWith('.md') && name !== 'README.md' && !index.includes(`(${name})`),
    );
    expect(unlisted).toEqual([]);
  });
});
