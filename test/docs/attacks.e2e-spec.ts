import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const page = readFileSync('docs/security/attacks.md', 'utf8');

const [introduction = '', ...sections] = page.split(/^## /m);

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the table of a section, without its head. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map(cellsOf);

const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const routes = rowsOf(introduction).flatMap(([route = '']) => namesIn(route));

const attacks = sections.map((text) => ({
  name: (text.split('\n', 1)[0] ?? '').replaceAll('`', ''),
  rows: rowsOf(text),
}));

const tests = attacks.flatMap(({ name, rows }) =>
  rows.flatMap(([, , tested = '']) =>
    [...tested.matchAll(/`(test\/[^`]+)`: “(.+?)”(?=;|$)/g)].map(
      ([, file = '', title = '']) => [name, file, title] as const,
    ),
  ),
);

describe('the table of attacks', () => {
  it('has every attack', () => {
    expect(attacks.map(({ name }) => name)).toEqual([
      'Forged',
      'Replayed',
      'Expired',
      'Cross-audience',
      'Wrong typ',
      'Key confusion',
      'Code interception',
      'Challenge downgrade',
      'A link sent to somebody else',
      'Cookie tossing',
      'Header smuggling through a proxy',
      'Bearer in a query',
    ]);
  });

  it('has the routes that there are', () => {
    const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
      paths: Record<string, { [method: string]: { tags?: string[] } }>;
    };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { tags = [] }]) => ({
        route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`
          // One row for the documents, and one for what an application asks for.
          .replace(/^(GET \/\.well-known)\/.+/, '$1/…')
          .replace('/:provider/reauthenticate', '/:provider/link'),
        isNew: tags.some((tag) => /^(?:hand-over|servers|tokens)$/.test(tag)),
      })),
    );
    const missing = described.filter(({ route, isNew }) => isNew && !routes.includes(route));
    expect(missing).toEqual([]);
    // A page is in no description.
    const gone = routes
      .filter((route) => route !== '/auth/handover/confirm')
      .filter((name) => !described.some(({ route }) => route === name));
    expect(gone).toEqual([]);
  });

  it.each(attacks)('has each route once: $name', ({ rows }) => {
    const named = rows.flatMap(([route = '']) => namesIn(route));
    expect(named.toSorted()).toEqual(routes.toSorted());
    for (const [, answer, tested = ''] of rows) {
      expect(answer).not.toBe('');
      expect(tested).toMatch(/^(?:–|`test\/.+”)$/);
    }
  });

  it.each(tests)('%s: %s “%s” is there', (_attack, file, title) => {
    expect(statSync(file, { throwIfNoEntry: false })?.isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(title);
  });
});
