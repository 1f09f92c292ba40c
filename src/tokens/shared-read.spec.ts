import { expect, it } from '@jest/globals';
import { SharedRead } from './shared-read.js';

/** Reads that end when they are told to, each with its number. */
function reads() {
  const ends: (() => void)[] = [];
  const read = () => {
    const number = ends.length + 1;
    return new Promise<number>((resolve) => {
      ends.push(() => resolve(number));
    });
  };
  return { ends, read };
}

/** Lets all that can go on go on. */
const turn = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

it('reads once for all who ask at the same time, and anew for who asks later', async () => {
  const { ends, read } = reads();
  const shared = new SharedRead(read);
  const first = [shared.get(), shared.get()];
  await turn();
  // This one is under way: what is written from now on may not be in it.
  const later = [shared.get(), shared.get(), shared.get()];
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  expect(await Promise.all(first)).toEqual([1, 1]);
  await turn();
  ends[1]?.();
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
  expect(ends).toHaveLength(2);
});

it('tells all who asked of a failure, and goes on', async () => {
  let fails = true;
  const shared = new SharedRead(async () => {
    if (fails) throw new Error('away');
    return 'there';
  });
  const asked = [shared.get(), shared.get()];
  for (const outcome of await Promise.allSettled(asked)) expect(outcome.status).toBe('rejected');
  fails = false;
  expect(await shared.get()).toBe('there');
});
