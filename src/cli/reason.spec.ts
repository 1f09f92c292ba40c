import { expect, it } from '@jest/globals';
import { AppError } from '../common/errors.js';
import { reasonOf } from './reason.js';

const unavailable = (code: string) =>
  new AppError('store_unavailable', { cause: Object.assign(new Error('as it says'), { code }) });

it.each([
  ['SQLITE_FULL', 'full'],
  ['53100', 'full'],
  ['SQLITE_READONLY_DIRECTORY', 'not written'],
  ['25006', 'not written'],
  ['UNKNOWN_SQLITE_ERROR_1544', 'not written'],
  ['SQLITE_CANTOPEN', 'cannot be opened'],
  ['UNKNOWN_SQLITE_ERROR_4874', 'full, or fails'],
  ['57014', 'in time'],
  ['42P05', 'DATABASE_PREPARED_STATEMENTS=off'],
  ['SQLITE_BUSY', 'locked by another program'],
  ['55P03', 'locked by another program'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['ECONNREFUSED', 'Check DATABASE_URL'],
  ['28P01', 'Check DATABASE_URL'],
  ['', 'Check DATABASE_URL'],
])('a store that fails with “%s”: %s, and then its own words', (code, words) => {
  expect(reasonOf(unavailable(code))).toMatch(
    new RegExp(`^(?:The d|A )[^\\n]*${words}[^\\n]*\\nCaused by: as it says$`),
  );
});
