const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as people see it: an emoji of several code points is one. */
export function initialOf(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toUpperCase();
  return '?';
}
