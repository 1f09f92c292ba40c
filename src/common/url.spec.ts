import { describe, expect, it } from '@jest/globals';
import { isLoopback } from './url.js';

describe('isLoopback', () => {
  it.each([
    'http://localhost',
    'http://LOCALHOST:3000',
    'http://app.localhost',
    'http://a.b.localhost',
    'http://127.0.0.1',
    'http://127.8.9.10',
    'http://[::1]',
  ])('%s', (url) => {
    expect(isLoopback(new URL(url).hostname)).toBe(true);
  });

  it.each([
    'http://localhost.evil.test',
    'http://evillocalhost',
    'http://127.0.0.1.evil.test',
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
  ])('not %s', (url) => {
    expect(isLoopback(new URL(url).hostname)).toBe(false);
  });

  it('is not a dot before localhost, nor nothing', () => {
    expect(['.localhost', 'a..localhost', ''].map(isLoopback)).toEqual([false, false, false]);
  });
});
