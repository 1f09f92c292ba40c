import { describe, expect, it } from '@jest/globals';
import { parseGraphFields } from './profile.js';

describe('parseGraphFields', () => {
  it('reads names, nested fields and modifiers', () => {
    expect(parseGraphFields('id,picture.type(large).width(9){url,height},name')).toEqual([
      { name: 'id', modifiers: {}, fields: [] },
      {
        name: 'picture',
        modifiers: { type: 'large', width: '9' },
        fields: [
          { name: 'url', modifiers: {}, fields: [] },
          { name: 'height', modifiers: {}, fields: [] },
        ],
      },
      { name: 'name', modifiers: {}, fields: [] },
    ]);
  });

  it.each(['', ',', 'id,', 'picture{', 'picture{url', 'picture{}', 'id}', 'picture.type', 'a b'])(
    'refuses %j',
    (text) => {
      expect(parseGraphFields(text)).toBeUndefined();
    },
  );

  it('stops at a depth', () => {
    expect(parseGraphFields('a{'.repeat(5000))).toBeUndefined();
  });
});
