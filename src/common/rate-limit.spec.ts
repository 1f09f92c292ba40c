import { describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { addressKey, createRateLimit } from './rate-limit.js';

describe('addressKey', () => {
  it.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['an IPv4 address in IPv6 clothes', '::ffff:203.0.113.7', '203.0.113.7'],
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

  it('is one for a whole /64, so that a customer cannot walk through their addresses', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:ffff:1:2:3'));
  });

  it('tells two /64s apart', () => {
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });
});

const request = (ip: string) => ({ ip }) as Request;

function answer() {
  const setHeader = jest.fn<(name: string, value: string) => Response>();
  return { response: { setHeader } as unknown as Response, setHeader };
}

describe('createRateLimit', () => {
  it('lets as many pass as it says, then tells when to come back', async () => {
    const limit = createRateLimit('spec', 2);
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

  it('counts each address, and each limit, for itself', async () => {
    const [one, other] = [createRateLimit('one', 1), createRateLimit('other', 1)];
    const { response } = answer();
    await one(request('203.0.113.2'), response);
    await expect(one(request('203.0.113.3'), response)).resolves.toBeUndefined();
    await expect(other(request('203.0.113.2'), response)).resolves.toBeUndefined();
  });

  it('is off at 0', async () => {
    const limit = createRateLimit('off', 0);
    const { response } = answer();
    const calls = Array.from({ length: 50 }, () => limit(request('203.0.113.4'), response));
    await expect(Promise.all(calls)).resolves.toHaveLength(50);
  });
});
