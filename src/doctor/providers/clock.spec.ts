import { describe, expect, it } from '@jest/globals';
import { checkClock, skewOf } from './clock.js';

const sentAt = Date.parse('2026-11-22T12:00:00.000Z');
const at = (seconds: number) => new Date(sentAt + seconds * 1000).toUTCString();
const reading = (seconds: number, tookMs = 0) => ({
  label: 'Google',
  date: at(seconds),
  sentAt,
  answeredAt: sentAt + tookMs,
});

describe('checkClock', () => {
  it.each([
    [0, 'ok'],
    [-30, 'ok'],
    [30, 'ok'],
    [31, 'warning'],
    [-32, 'warning'],
    [60, 'warning'],
    [-61, 'warning'],
    [61, 'broken'],
    [-62, 'broken'],
    [86_400, 'broken'],
  ])('%d s apart: %s', (seconds, status) => {
    expect(checkClock(reading(seconds))).toMatchObject({ status });
  });

  it('subtracts the uncertainty of a slow answer', () => {
    expect(checkClock(reading(63, 100))).toMatchObject({ status: 'broken' });
    expect(checkClock(reading(63, 8000))).toMatchObject({ status: 'warning' });
    // Slow, and right: the server read its clock somewhere in between.
    expect(checkClock(reading(4, 8000))).toMatchObject({ status: 'ok' });
  });

  it('says whether the clock is behind or ahead, and what to do', () => {
    expect(checkClock(reading(90))).toEqual({
      status: 'broken',
      message: expect.stringMatching(/^This machine’s clock is 91 s behind Google’s/),
      action: expect.stringContaining('NTP'),
    });
    expect(checkClock(reading(-90)).message).toContain('ahead of');
  });

  it.each([[null], ['yesterday']])('warns of the date %p', (date) => {
    expect(checkClock({ ...reading(0), date })).toMatchObject({ status: 'warning' });
  });
});

describe('skewOf', () => {
  it('takes the middle of the exchange, and of the second', () => {
    expect(skewOf(reading(10, 400))).toEqual({ skewMs: 10_300, uncertainMs: 700 });
  });
});
