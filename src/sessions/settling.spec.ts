import { describe, expect, it } from '@jest/globals';
import { isElder, type SettlingIdentity } from './settling.js';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

const google: SettlingIdentity = { issuer: 'google', unsettled_since: null, isActive: true };
const off = { ...google, isActive: false };
const began = (issuer: string, since: number): SettlingIdentity => ({
  issuer,
  unsettled_since: since,
  isActive: true,
});

/** Whether the first is an elder of the second, and the other way round. */
function elders(one: SettlingIdentity, other: SettlingIdentity, ...others: SettlingIdentity[]) {
  const facts = { now: NOW, settleMs: 7 * DAY, identities: [one, other, ...others] };
  return [isElder(facts, one, other), isElder(facts, other, one)];
}

describe('which of two identities is the elder', () => {
  it('what the account began with', () => {
    expect(elders(google, began('x', NOW))).toEqual([true, false]);
  });

  it('the one that began to settle earlier', () => {
    expect(elders(began('x', NOW - 1), began('facebook', NOW), google)).toEqual([true, false]);
    expect(elders(began('x', NOW - 8 * DAY), began('facebook', NOW))).toEqual([true, false]);
  });

  it('each, where both began at once', () => {
    expect(elders(began('x', NOW), began('facebook', NOW), google)).toEqual([true, true]);
  });

  it('each, where none that counts has settled', () => {
    expect(elders(began('x', NOW - DAY), began('facebook', NOW))).toEqual([true, true]);
    expect(elders(began('x', NOW - DAY), began('facebook', NOW), off)).toEqual([true, true]);
  });

  it('never one that is off', () => {
    expect(elders(off, began('x', NOW))[0]).toBe(false);
  });
});
