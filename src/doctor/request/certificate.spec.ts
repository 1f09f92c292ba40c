import { describe, expect, it } from '@jest/globals';
import { checkCertificate } from './certificate.js';

const now = new Date('2026-11-22T12:00:00Z');

describe('checkCertificate', () => {
  it.each([
    ['2026-12-22T12:00:00Z', 'ok', 'another 30 days'],
    ['2026-12-06T12:00:00Z', 'ok', 'another 14 days'],
    ['2026-12-06T11:59:59Z', 'warning', 'in 13 day(s)'],
    ['2026-11-22T18:00:00Z', 'warning', 'in 0 day(s)'],
  ])('one that ends at %s: %s', (end, status, words) => {
    expect(checkCertificate(new Date(end), now)).toMatchObject({
      status,
      message: expect.stringContaining(words),
    });
  });
});
