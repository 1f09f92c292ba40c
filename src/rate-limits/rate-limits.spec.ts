import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { AppError } from '../common/errors/app-error.js';
import { openDatabase } from '../database/database.js';
import { type RateLimit, RateLimits, userKey } from './rate-limits.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-limits-'));
const database = openDatabase({ kind: 'file', file: join(folder, 'store.db') }, () => undefined);
const limits = new RateLimits(database);

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const take = async (limit: RateLimit, key: string): Promise<void> => limit.take(key);

/** How many of some keys, one after the other, are let through. */
async function passed(limit: RateLimit, keys: readonly string[]): Promise<number> {
  const refusals: unknown[] = [];
  for (const key of keys) await take(limit, key).catch((error: unknown) => refusals.push(error));
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'rate_limited' });
  return keys.length - refusals.length;
}

const times = (count: number, key: string) => Array.from({ length: count }, () => key);

describe('the rate limit of one instance', () => {
  it('allows as many as configured, then says until when to wait, and which limit it was', async () => {
    const limit = limits.create('spec', { max: 2 });
    expect(await passed(limit, ['a', 'a'])).toBe(2);
    const refusal = await take(limit, 'a').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ log: { limit: 'spec' } });
    const { retryAfter } = refusal as AppError;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it('counts each key and each limit separately', async () => {
    const [one, other] = [limits.create('one', { max: 1 }), limits.create('other', { max: 1 })];
    expect(await passed(one, ['a', 'b'])).toBe(2);
    expect(await passed(other, ['a', 'a'])).toBe(1);
  });

  it('begins anew when its time is over, however long that is', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const limit = limits.create('hour', { max: 1, windowMs: 3_600_000 });
    expect(await passed(limit, ['a', 'a'])).toBe(1);
    now.mockReturnValue(3_599_000);
    await expect(take(limit, 'a')).rejects.toMatchObject({ retryAfter: 1 });
    now.mockReturnValue(3_600_000);
    expect(await passed(limit, ['a', 'a'])).toBe(1);
  });

  it('is off at 0', async () => {
    expect(await passed(limits.create('off', { max: 0 }), times(50, 'a'))).toBe(50);
    const addresses = limits.createForAddresses('off too', { max: 0 });
    expect(await passed(addresses, times(50, '2001:db8::1'))).toBe(50);
  });
});

describe('a limit by address', () => {
  it('counts an address of IPv4, however it is written', async () => {
    const limit = limits.createForAddresses('v4', { max: 2 });
    expect(await passed(limit, ['203.0.113.1', '::ffff:203.0.113.1', '203.0.113.1'])).toBe(2);
    expect(await passed(limit, ['203.0.113.2'])).toBe(1);
  });

  it('counts IPv6 by /64, and ten times that by /48', async () => {
    const limit = limits.createForAddresses('v6', { max: 2 });
    expect(await passed(limit, ['2001:db8:1:1::1', '2001:db8:1:1::2', '2001:db8:1:1::3'])).toBe(2);
    const networks = Array.from({ length: 100 }, (_, at) => `2001:db8:1:${at + 2}::1`);
    expect(await passed(limit, networks)).toBe(18);
    expect(await passed(limit, ['2001:db8:2:1::1'])).toBe(1);
  });

  it('does not let one network use up what its site has', async () => {
    const limit = limits.createForAddresses('greedy', { max: 2 });
    expect(await passed(limit, times(100, '2001:db8:1:1::1'))).toBe(2);
    expect(await passed(limit, ['2001:db8:1:2::1'])).toBe(1);
  });
});

it('counts users without naming them', () => {
  const id = '0199c7d2-0000-7abc-8def-00000000ada0';
  expect(userKey(id)).toBe('7abc-8def-00000000ada0');
});
