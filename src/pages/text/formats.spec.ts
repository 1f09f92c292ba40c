import { expect, it } from '@jest/globals';
import { formatsOf } from './formats.js';

const time = '2026-03-01T09:05:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

it.each([
  [
    'en-GB',
    '1 Mar 2026, 09:05 UTC',
    ['1 second', '90 seconds', '2 minutes', '60 minutes', '2 hours'],
    ['now', '1 minute ago', '2 hours ago', '3 weeks ago'],
    'Google, X and Facebook',
  ],
  [
    'de',
    '1. März 2026, 09:05 UTC',
    ['1 Sekunde', '90 Sekunden', '2 Minuten', '60 Minuten', '2 Stunden'],
    ['jetzt', 'vor 1 Minute', 'vor 2 Stunden', 'vor 3 Wochen'],
    'Google, X und Facebook',
  ],
  [
    'fr',
    '1 mars 2026, 09:05 UTC',
    ['1 seconde', '90 secondes', '2 minutes', '60 minutes', '2 heures'],
    ['maintenant', 'il y a 1 minute', 'il y a 2 heures', 'il y a 3 semaines'],
    'Google, X et Facebook',
  ],
  [
    'es',
    '1 mar 2026, 9:05 UTC',
    ['1 segundo', '90 segundos', '2 minutos', '60 minutos', '2 horas'],
    ['ahora', 'hace 1 minuto', 'hace 2 horas', 'hace 3 semanas'],
    'Google, X y Facebook',
  ],
  [
    'pt-BR',
    '1 de mar. de 2026, 09:05 UTC',
    ['1 segundo', '90 segundos', '2 minutos', '60 minutos', '2 horas'],
    ['agora', 'há 1 minuto', 'há 2 horas', 'há 3 semanas'],
    'Google, X e Facebook',
  ],
  [
    'ja',
    '2026年3月1日 9:05 UTC',
    ['1 秒', '90 秒', '2 分', '60 分', '2 時間'],
    ['今', '1 分前', '2 時間前', '3 週間前'],
    'Google、X、Facebook',
  ],
  [
    'ar',
    '1 مارس 2026، 9:05 ص UTC',
    ['ثانية', '90 ثانية', 'دقيقتان', '60 دقيقة', 'ساعتان'],
    ['الآن', 'قبل دقيقة واحدة', 'قبل ساعتين', 'قبل 3 أسابيع'],
    'Google وX وFacebook',
  ],
])('%s writes times, waits and lists as its readers do', (locale, written, waits, ago, list) => {
  const format = formatsOf(locale);
  const later = [59_999, MINUTE, 3 * HOUR - 1, 3 * WEEK];
  expect(format.time(time)).toBe(written);
  expect([1, 90, 91, 3600, 5401].map((seconds) => plain(format.wait(seconds)))).toEqual(waits);
  expect(later.map((passed) => plain(format.ago(time, Date.parse(time) + passed)))).toEqual(ago);
  expect(format.list(['Google', 'X', 'Facebook'])).toBe(list);
});
