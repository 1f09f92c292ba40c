import { expect, it } from '@jest/globals';
import { initialOf } from './initial.js';

it.each([
  ['Ada Lovelace', 'A'],
  ['zoë', 'Z'],
  ['عائشة', 'ع'],
  ['👩‍🚀 Zoë', '👩‍🚀'],
  ['é́clair', 'É́'],
  ['  spaced', 'S'],
  ['', '?'],
])('takes the first letter of %j as people see it: %s', (name, initial) => {
  expect(initialOf(name)).toBe(initial);
});
