import { describe, expect, it } from '@jest/globals';
import { createLedger } from './ledger.js';

const create = (max = 10) => {
  const clock = { now: 0 };
  let key = 0;
  const newKey = () => String((key += 1));
  const ledger = createLedger<string>({ lifetimeMs: 1000, newKey, max, now: () => clock.now });
  return { clock, ledger };
};

describe('a ledger', () => {
  it('gives a value once', () => {
    const { ledger } = create();
    const key = ledger.issue('a');
    expect(ledger.peek(key)).toBe('a');
    expect(ledger.spend(key)).toEqual({ state: 'ok', value: 'a' });
    expect(ledger.spend(key)).toEqual({ state: 'used' });
    expect(ledger.peek(key)).toBeUndefined();
    expect(ledger.spend('other')).toEqual({ state: 'unknown' });
  });

  it('forgets in time, and the oldest first when full', () => {
    const { clock, ledger } = create(2);
    const [first, second, third] = [ledger.issue('a'), ledger.issue('b'), ledger.issue('c')];
    expect(ledger.spend(first)).toEqual({ state: 'unknown' });
    expect(ledger.peek(second)).toBe('b');
    clock.now = 1000;
    expect(ledger.spend(third)).toEqual({ state: 'expired' });
  });
});
