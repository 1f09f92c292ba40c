import { type Accent, accentFor } from './accent.js';

const USES: readonly [part: keyof Accent, use: string][] = [
  ['accent', 'buttons'],
  ['edge', 'edges'],
  ['text', 'links'],
];

/**
 * In words, where the pages use another colour than the one given, since it could not be seen there. There is always such
 * a place: no colour can be read both on light and on dark.
 */
export function accentChanges(given: string): string {
  const [light, dark] = [accentFor(given, 'light'), accentFor(given, 'dark')];
  const changes = USES.flatMap(([part, use]) => {
    const [onLight, onDark] = [light[part], dark[part]];
    if (onLight === onDark) return onLight === given ? [] : [`${use} ${onLight}`];
    return [
      ...(onLight === given ? [] : [`${use} ${onLight} on light pages`]),
      ...(onDark === given ? [] : [`${use} ${onDark} on dark pages`]),
    ];
  });
  return changes.join(', ');
}
