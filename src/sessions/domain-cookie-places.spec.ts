import { describe, expect, it } from '@jest/globals';
import { domainsUpTo, pathsUpTo } from './domain-cookie-places.js';

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
  ])('of %s: its paths', (path, paths) => {
    expect(pathsUpTo(path)).toEqual(paths);
  });

  it('but no deeper than four folders, so that an answer stays small', () => {
    expect(pathsUpTo('/a/b/c/d/e/f')).toEqual(pathsUpTo('/a/b/c/d'));
    expect(pathsUpTo('/a/b/c/d')).toHaveLength(9);
    const long = `/${'a'.repeat(1500)}`;
    expect(pathsUpTo(`/a${long}/b`)).toEqual(['/', '/a', '/a/']);
    expect(pathsUpTo(long)).toEqual(['/']);
  });
});
