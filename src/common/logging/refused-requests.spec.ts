import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RefusedRequests } from './refused-requests.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the lines of refused requests', () => {
  it('become fewer, and say how many there were', () => {
    const refused = new RefusedRequests();
    const logged = Array.from({ length: 1234 }, () => refused.count('203.0.113.1'));
    expect(logged.filter((count) => count !== null)).toEqual([1, 10, 100, 1000]);
  });

  it('are counted by address, a /64 of IPv6 as one', () => {
    const refused = new RefusedRequests();
    expect(refused.count('203.0.113.1')).toBe(1);
    expect(refused.count('203.0.113.2')).toBe(1);
    expect(refused.count('2001:db8:1:2::1')).toBe(1);
    expect(refused.count('2001:db8:1:2::2')).toBeNull();
  });

  it('begin anew each minute', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1000);
    const refused = new RefusedRequests();
    refused.count('203.0.113.1');
    expect(refused.count('203.0.113.1')).toBeNull();
    now.mockReturnValue(61_000);
    expect(refused.count('203.0.113.1')).toBe(1);
  });
});
