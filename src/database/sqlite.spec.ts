import { expect, it } from '@jest/globals';
import { hasUsableSqlite } from './sqlite.js';

it.each([
  ['24.15.0', '3.51.3', true],
  ['24.21.0', '3.53.4', true],
  ['26.1.0', '3.54.0', true],
  ['24.14.1', '3.51.3', false],
  ['22.23.3', '3.51.3', false],
  ['24.15.0', '3.51.2', false],
  ['24.15.0', '3.9.2', false],
  ['20.20.2', undefined, false],
])('uses Node %s with SQLite %s: %s', (node, sqlite, expected) => {
  expect(hasUsableSqlite({ node, ...(sqlite !== undefined && { sqlite }) })).toBe(expected);
});
