import { expect, it } from '@jest/globals';
import { parseJson } from './parse-json.js';

it.each<[string, unknown]>([
  ['{"a":[1,null]}', { a: [1, null] }],
  ['null', null],
  ['"text"', 'text'],
  ['', undefined],
  ['<html>', undefined],
  ['{"a":1', undefined],
])('%s', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
