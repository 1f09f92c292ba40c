import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { openDatabase } from '../database/database.js';
import { RateLimits } from './rate-limits.js';

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
