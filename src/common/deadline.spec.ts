import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { withDeadline } from './deadline.js';

describe('withDeadline', () => {
  it('hands on what comes in time', async () => {
    expect(await withDeadline(Promise.resolve(7), 1000, 'late')).toBe(7);
    await expect(withDeadline(Promise.reject(new Error('own')), 1000, 'late')).rejects.toThrow(
      'own',
    );
  });

  it('waits no longer than it is told to', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(withDeadline(never, 50, 'late')).rejects.toThrow('late');
  });

  it('leaves what fails later alone', async () => {
    const slow = sleep(30).then(() => {
      throw new Error('much later');
    });
    await expect(withDeadline(slow, 10, 'late')).rejects.toThrow('late');
    await expect(slow).rejects.toThrow('much later');
  });
});
