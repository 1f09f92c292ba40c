import { describe, expect, it } from '@jest/globals';
import { accentFor, contrast, surfaces } from './accent.js';
import { accentChanges } from './accent-changes.js';

const schemes = ['light', 'dark'] as const;

describe('the colours made of a team’s own', () => {
  it.each([
    // given, scheme, fill, words on it, text, edge, tint
    ['#6b3df5', 'light', '#6b3df5', '#ffffff', '#6b3df5', '#6b3df5', '#f0ecfe'],
    ['#6b3df5', 'dark', '#6b3df5', '#ffffff', '#978dfc', '#6b3df5', '#261f43'],
    ['#e8461e', 'light', '#db390a', '#ffffff', '#cd3408', '#db390a', '#fdede9'],
    ['#e8461e', 'dark', '#db390a', '#ffffff', '#fe7454', '#db390a', '#3d201c'],
    ['#ffd400', 'light', '#ffd400', '#000000', '#856e0d', '#a78c18', '#fffbe6'],
    ['#ffd400', 'dark', '#ffd400', '#000000', '#ffd400', '#ffd400', '#413a17'],
    ['#0a2540', 'light', '#0a2540', '#ffffff', '#0a2540', '#0a2540', '#e7e9ec'],
    ['#0a2540', 'dark', '#0a2540', '#ffffff', '#7694b5', '#4b6786', '#151a22'],
    ['#b8c0cc', 'light', '#b8c0cc', '#000000', '#69717c', '#878e9a', '#f8f9fa'],
    ['#b8c0cc', 'dark', '#b8c0cc', '#000000', '#b8c0cc', '#b8c0cc', '#34363c'],
    ['#00a86b', 'light', '#00a86b', '#000000', '#147e51', '#13a269', '#e6f6f0'],
    ['#00a86b', 'dark', '#00a86b', '#000000', '#2cba7b', '#00a86b', '#13322a'],
  ] as const)('of %s, %s', (given, scheme, accent, onAccent, text, edge, tint) => {
    expect(accentFor(given, scheme)).toEqual({ accent, onAccent, text, edge, tint });
  });

  it.each(['00', '33', '66', '99', 'cc', 'ff'])('can be read, whatever is given: red %s', (red) => {
    const bytes = ['00', '33', '66', '99', 'cc', 'ff'];
    for (const given of bytes.flatMap((green) => bytes.map((blue) => `#${red}${green}${blue}`))) {
      for (const scheme of schemes) {
        const { accent, onAccent, text, edge, tint } = accentFor(given, scheme);
        const grounds = Object.values(surfaces[scheme]);
        const words = Math.min(...[...grounds, tint].map((ground) => contrast(text, ground)));
        const edges = Math.min(...grounds.map((ground) => contrast(edge, ground)));
        expect([given, contrast(onAccent, accent) >= 4.5]).toEqual([given, true]);
        expect([given, words >= (scheme === 'light' ? 4.5 : 5.5)]).toEqual([given, true]);
        expect([given, edges >= 3]).toEqual([given, true]);
      }
    }
  });
});

it.each([
  [
    '#e8461e',
    'buttons #db390a, edges #db390a, links #cd3408 on light pages, links #fe7454 on dark pages',
  ],
  ['#6b3df5', 'links #978dfc on dark pages'],
  ['#767676', 'links #6d6d6d on light pages, links #a0a0a0 on dark pages'],
])('says what it made of %s', (given, changes) => {
  expect(accentChanges(given)).toBe(changes);
});
