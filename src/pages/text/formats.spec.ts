import { describe, expect, it } from '@jest/globals';
import { formatsOf } from './formats.js';

const time = '2026-03-01T09:05:00.000Z';

describe.each([
  [
    'en-GB',
    '1 Mar 2026, 09:05 UTC',
    ['1 second', '90 seconds', '2 minutes', '60 minutes', '2 hours'],
  ],
  [
    'de',
    '1. März 2026, 09:05 UTC',
    ['1 Sekunde', '90 Sekunden', '2 Minuten', '60 Minuten', '2 Stunden'],
  ],
])('in %s', (locale, written, waits) => {
  const format = formatsOf(locale);

  it('a time is written so', () => expect(format.time(time)).toBe(written));

  it('a wait has its plural, and is rounded up', () => {
    expect([1, 90, 91, 3600, 5401].map((seconds) => format.wait(seconds))).toEqual(waits);
  });
});
