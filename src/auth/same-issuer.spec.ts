import { expect, it } from '@jest/globals';
import { sameIssuer } from './same-issuer.js';

it.each([
  ['https://id.test', 'https://id.test', true],
  ['https://id.test/', 'https://id.test', true],
  ['https://id.test', 'https://id.test/', true],
  ['https://id.test/a', 'https://id.test', false],
  ['https://id.test//', 'https://id.test', false],
  ['http://id.test', 'https://id.test', false],
  ['https://ID.test', 'https://id.test', false],
  ['', '', true],
  ['', null, false],
])('%j and %j: %s', (actual, expected, same) => {
  expect(sameIssuer(actual, expected)).toBe(same);
});
