import { describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { crossSiteCheck } from './cross-site.js';
import type { AppError } from '../errors/app-error.js';

const check = crossSiteCheck('https://id.test', new Set(['https://app.test']), () => false);

/** The code that a request is refused with, or `passes`. */
function verdict(method: string, site?: string, origin?: string, referer?: string): string {
  const next = jest.fn<(error?: unknown) => void>();
  const headers = {
    ...(site !== undefined && { 'sec-fetch-site': site }),
    ...(origin !== undefined && { origin }),
    ...(referer !== undefined && { referer }),
  };
  void check({ method, headers } as unknown as Request, {} as Response, next);
  expect(next).toHaveBeenCalledTimes(1);
  const error = next.mock.calls[0]?.[0] as AppError | undefined;
  return error?.code ?? 'passes';
}

describe('crossSiteCheck', () => {
  it.each([
    ['same-origin', 'https://id.test'],
    ['same-origin', undefined],
    ['same-origin', 'null'],
    ['none', undefined],
    ['none', 'null'],
    ['cross-site', 'https://app.test'],
    ['same-site', 'https://app.test'],
    [undefined, 'https://id.test'],
    [undefined, 'https://app.test'],
    [undefined, undefined],
  ])('allows a change with Sec-Fetch-Site %s, Origin %s', (site, origin) => {
    expect(verdict('POST', site, origin)).toBe('passes');
  });

  it.each([
    ['cross-site', undefined],
    ['cross-site', 'null'],
    ['cross-site', 'https://evil.test'],
    ['same-site', undefined],
    ['same-site', 'null'],
    ['same-site', 'https://other.id.test'],
    ['cross-site', 'https://id.test'],
    ['same-site', 'https://id.test'],
    ['same-origin', 'https://evil.test'],
    ['none', 'https://evil.test'],
    ['', undefined],
    ['nonsense', undefined],
    ['SAME-ORIGIN', undefined],
    ['same-origin, cross-site', undefined],
    [undefined, 'null'],
    [undefined, ''],
    [undefined, 'https://evil.test'],
    [undefined, 'https://app.test.evil.test'],
    [undefined, 'https://app.test/'],
    [undefined, 'https://app.test:8443'],
    [undefined, 'http://app.test'],
    [undefined, 'HTTPS://APP.TEST'],
    [undefined, 'https://app.test https://evil.test'],
  ])('refuses a change with Sec-Fetch-Site %s, Origin %s', (site, origin) => {
    expect(verdict('POST', site, origin)).toBe('csrf_failed');
  });

  it.each([
    [undefined, 'https://id.test/account', 'passes'],
    ['null', 'https://id.test/account', 'passes'],
    ['null', 'https://app.test/', 'passes'],
    [undefined, 'https://evil.test/', 'csrf_failed'],
    ['null', 'https://evil.test/https://id.test/', 'csrf_failed'],
    ['null', 'nonsense', 'csrf_failed'],
    ['https://evil.test', 'https://id.test/account', 'csrf_failed'],
  ])('goes by Referer where Origin is %s: %s %s', (origin, referer, expected) => {
    expect(verdict('POST', undefined, origin, referer)).toBe(expected);
    expect(verdict('POST', 'cross-site', origin, 'https://id.test/')).toBe('csrf_failed');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'post'])('checks %s', (method) => {
    expect(verdict(method, 'cross-site', 'https://evil.test')).toBe('csrf_failed');
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('ignores %s', (method) => {
    expect(verdict(method, 'cross-site', 'https://evil.test')).toBe('passes');
  });
});
