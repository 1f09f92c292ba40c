import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { withDeadline } from './deadline.js';

describe('withDeadline', () => {
  it('resolves with a result that arrives in time', async () => {
    expect(await withDeadline(Promise.resolve(7), 1000, 'late')).toBe(7);
    await expect(withDeadline(Promise.reject(new Error('own')), 1000, 'late')).rejects.toThrow(
      'own',
    );
  });

  it('rejects at the deadline', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(withDeadline(never, 50, 'late')).rejects.toThrow('late');
  });

  it('ignores a failure after the deadline', async () => {
    const slow = sleep(30).then(() => {
      throw new Error('much later');
    });
    await expect(withDeadline(slow, 10, 'late')).rejects.toThrow('late');
    await expect(slow).rejects.toThrow('much later');
  });
});
