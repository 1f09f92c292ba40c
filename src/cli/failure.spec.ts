import { expect, it } from '@jest/globals';
import { AppError } from '../common/errors/app-error.js';
import { reasonOf } from './failure.js';

/** @param code of PostgreSQL or the system; a number is SQLite's */
const unavailable = (code: string | number) =>
  new AppError('store_unavailable', {
    cause: Object.assign(
      new Error('as it says'),
      typeof code === 'number' ? { code: 'ERR_SQLITE_ERROR', errcode: code } : { code },
    ),
  });

it.each([
  [13, 'full'],
  ['53100', 'full'],
  [8, 'read-only'],
  ['25006', 'read-only'],
  [1544, 'read-only'],
  [14, 'cannot be opened'],
  [4874, 'full or failing'],
  ['57014', 'in time'],
  ['42P05', 'DATABASE_PREPARED_STATEMENTS=off'],
  [5, 'locked by another program'],
  ['55P03', 'locked by another program'],
  [26, 'damaged'],
  [779, 'damaged'],
  ['ECONNREFUSED', 'cannot be connected to'],
  ['28P01', 'refuses the password'],
  ['', 'Check DATABASE_URL'],
])('a store that fails with “%s”: %s, and then its own words', (code, words) => {
  expect(reasonOf(unavailable(code))).toMatch(
    new RegExp(`^The database [^\\n]*${words}[^\\n]*\\nCaused by: as it says$`),
  );
});
