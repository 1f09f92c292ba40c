import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { openDatabase } from '../database/database.js';
import { addressKey, RateLimits } from './rate-limits.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-limits-'));
const database = openDatabase({ kind: 'file', file: join(folder, 'store.db') }, () => undefined);
const limits = new RateLimits(database);

afterAll(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const request = (clientIp: string) => ({ clientIp }) as Request;

function answer() {
  const setHeader = jest.fn<(name: string, value: string) => Response>();
  return { response: { setHeader } as unknown as Response, setHeader };
}

describe('the rate limit of one instance', () => {
  it('allows as many requests as configured, then answers with Retry-After', async () => {
    const limit = limits.create('spec', 2);
    const { response, setHeader } = answer();
    await limit(request('203.0.113.1'), response);
    await limit(request('203.0.113.1'), response);
    expect(setHeader).not.toHaveBeenCalled();
    await expect(limit(request('203.0.113.1'), response)).rejects.toMatchObject({
      code: 'rate_limited',
    });
    const [name, value] = setHeader.mock.calls[0] ?? [];
    expect(name).toBe('Retry-After');
    expect(Number(value)).toBeGreaterThan(0);
    expect(Number(value)).toBeLessThanOrEqual(60);
  });

  it('counts each address and each limit separately', async () => {
    const [one, other] = [limits.create('one', 1), limits.create('other', 1)];
    const { response } = answer();
    await one(request('203.0.113.2'), response);
    await expect(one(request('203.0.113.3'), response)).resolves.toBeUndefined();
    await expect(other(request('203.0.113.2'), response)).resolves.toBeUndefined();
  });

  it('is off at 0', async () => {
    const limit = limits.create('off', 0);
    const { response } = answer();
    const calls = Array.from({ length: 50 }, () => limit(request('203.0.113.4'), response));
    await expect(Promise.all(calls)).resolves.toHaveLength(50);
  });
});

describe('addressKey', () => {
  it.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['an IPv4-mapped address', '::ffff:203.0.113.7', '203.0.113.7'],
    ['the same in capitals', '::FFFF:203.0.113.7', '203.0.113.7'],
    ['an IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['a shortened one', '2001:db8::1', '2001:db8:0:0'],
    ['one that is shortened at its end', '2001:db8:1:2::', '2001:db8:1:2'],
    ['one that is shortened at its start', '::1', '0:0:0:0'],
    ['the unspecified one', '::', '0:0:0:0'],
    ['what is no address', 'unknown', 'unknown'],
    ['nothing', '', ''],
  ])('of %s', (_name, address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('is the same for a whole /64, so that a customer cannot rotate addresses', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:ffff:1:2:3'));
  });

  it('differs between two /64s', () => {
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });
});
