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
  [
    'fr',
    '1 mars 2026, 09:05 UTC',
    ['1 seconde', '90 secondes', '2 minutes', '60 minutes', '2 heures'],
  ],
  [
    'es',
    '1 mar 2026, 9:05 UTC',
    ['1 segundo', '90 segundos', '2 minutos', '60 minutos', '2 horas'],
  ],
  [
    'pt-BR',
    '1 de mar. de 2026, 09:05 UTC',
    ['1 segundo', '90 segundos', '2 minutos', '60 minutos', '2 horas'],
  ],
  ['ja', '2026年3月1日 9:05 UTC', ['1 秒', '90 秒', '2 分', '60 分', '2 時間']],
  ['ar', '1 مارس 2026، 9:05 ص UTC', ['ثانية', '90 ثانية', 'دقيقتان', '60 دقيقة', 'ساعتان']],
])('in %s', (locale, written, waits) => {
  const format = formatsOf(locale);

  it('a time is written so', () => expect(format.time(time)).toBe(written));

  it('a wait has its plural, and is rounded up', () => {
    const waited = [1, 90, 91, 3600, 5401].map((seconds) => format.wait(seconds));
    expect(waited.map((wait) => wait.replaceAll(/\s/g, ' '))).toEqual(waits);
  });
});
