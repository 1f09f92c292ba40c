import { describe, expect, it } from '@jest/globals';
import { domainsUpTo, fitting, pathsUpTo } from './domain-cookie-places.js';

describe('where a cookie may lie that is sent to a host and path', () => {
  it.each([
    ['example.com', 'example.com', ['example.com']],
    ['id.example.com', 'example.com', ['example.com', 'id.example.com']],
    [
      'a.id.eu.example.com',
      'example.com',
      ['example.com', 'a.id.eu.example.com', 'id.eu.example.com', 'eu.example.com'],
    ],
  ])('of %s under %s: its domains', (host, domain, domains) => {
    expect(domainsUpTo(host, domain)).toEqual(domains);
  });

  it.each([
    ['/', ['/']],
    ['/a', ['/', '/a', '/a/']],
    ['/a/b/', ['/', '/a', '/a/', '/a/b', '/a/b/']],
    ['/a//b', ['/', '/a', '/a/', '/a//', '/a//b', '/a//b/']],
    ['//', ['/', '//']],
    // A path of a cookie ends at a semicolon.
    ['/a/b;c/d', ['/', '/a', '/a/']],
  ])('of %s: its paths', (path, paths) => {
    expect(pathsUpTo(path)).toEqual(paths);
  });

  it('as deep as the path goes, and as browsers take one', () => {
    const deep = '/a'.repeat(100);
    expect(pathsUpTo(deep)).toHaveLength(201);
    expect(pathsUpTo(deep).at(-1)).toBe(`${deep}/`);
    const endless = pathsUpTo('/a'.repeat(10_000));
    expect(endless.at(-1)).toHaveLength(1023);
    expect(pathsUpTo(`/a/${'b'.repeat(1500)}/c`)).toEqual(['/', '/a', '/a/']);
  });
});

describe('what fits', () => {
  const lines = Array.from({ length: 40 }, (_item, at) => String(at).padStart(86, 'x'));

  it('is all where there is room', () => {
    expect(fitting(lines, 4000)).toEqual(lines);
  });

  it('is the first ones, and another part of the others each time', () => {
    expect(fitting(lines, 1000, () => 0)).toEqual(lines.slice(0, 10));
    expect(fitting(lines, 1000, () => 0.5)).toEqual([...lines.slice(0, 5), ...lines.slice(22, 27)]);
    expect(fitting(lines, 1000, () => 0.99)).toEqual([
      ...lines.slice(0, 5),
      ...lines.slice(39),
      ...lines.slice(5, 9),
    ]);
    const reached = new Set(
      Array.from({ length: 35 }, (_item, at) => fitting(lines, 1000, () => at / 35)).flat(),
    );
    expect(reached.size).toBe(40);
  });

  it('is nothing without room', () => {
    expect(fitting(lines, 50)).toEqual([]);
  });
});
