import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { StatementPool } from '../database/statement-pool.js';
import { SharedLimiter } from './shared-limiter.js';

const options = { keyPrefix: 'test', points: 2, duration: 60 };

describe('a limit whose database does not answer', () => {
  it('holds all the same, after a second, and then without waiting', async () => {
    let asked = 0;
    const silent: StatementPool = {
      query: () => {
        asked += 1;
        return new Promise(() => undefined);
      },
    };
    const limiter = new SharedLimiter(silent, options);
    const counted = limiter.consume('192.0.2.1').then(() => 'counted');
    expect(await Promise.race([counted, sleep(900, 'waiting')])).toBe('waiting');
    await counted;
    await limiter.consume('192.0.2.1');
    await expect(limiter.consume('192.0.2.1')).rejects.toMatchObject({ remainingPoints: 0 });
    expect(asked).toBe(1);
  });
});
