import { type Accent, accentFor, type Scheme, surfaces } from '../accent.js';

/** Ink, for who has no colour of their own. */
const INK: Readonly<Record<Scheme, Accent>> = {
  light: {
    accent: '#17191e',
    onAccent: '#ffffff',
    text: '#17191e',
    edge: '#17191e',
    tint: '#eeeff2',
  },
  dark: {
    accent: '#edeef2',
    onAccent: '#111216',
    text: '#edeef2',
    edge: '#edeef2',
    tint: '#27292f',
  },
};

/** Words reach 4.5:1 against what is behind them, edges of controls 3:1 (WCAG 2.2 AA); `--line` only decorates. */
const light = `--hover: #f1f2f5; --press: #e7e9ee; --ink: #17191e; --muted: #596070; --line: #e3e5ea; --edge: #7a808c;
  --p-fill: #ffffff; --p-edge: #747775; --p-ink: #1f1f1f; --p-hover: #f6f7f8; --q-fill: #131314; --q-edge: #8e918f; --q-ink: #e3e3e3;
  --good: #17663b; --good-tint: #ebf7f0; --warn: #7a4b00; --warn-tint: #fff8e8; --warn-line: #ecd6a4;
  --bad: #b3261e; --bad-tint: #fdf3f2; --bad-line: #efc9c5; --bad-fill: #b3261e;
  --shadow-1: 0 1px 2px rgb(16 19 28 / .06); --shadow-2: 0 1px 3px rgb(16 19 28 / .05), 0 16px 40px -16px rgb(16 19 28 / .1);`;
const dark = `--hover: #202227; --press: #292b31; --ink: #edeef2; --muted: #a5aab6; --line: #2a2c33; --edge: #7f8591;
  --p-fill: #131314; --p-edge: #8e918f; --p-ink: #e3e3e3; --p-hover: #1e1f22; --q-fill: #ffffff; --q-edge: #747775; --q-ink: #1f1f1f;
  --good: #8edcaf; --good-tint: #16271e; --warn: #f2c879; --warn-tint: #262013; --warn-line: #574520;
  --bad: #ffb3ab; --bad-tint: #271818; --bad-line: #5e322f; --bad-fill: #c8372d;
  --shadow-1: none; --shadow-2: 0 24px 48px -24px rgb(0 0 0 / .6);`;

const common = `--font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --t-xs: .75rem; --t-sm: .875rem; --t-md: .9375rem; --t-lg: 1rem; --t-xl: 1.5rem;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.25rem; --s6: 1.5rem; --s7: 2rem; --s9: 3.5rem;
  --r-sm: .375rem; --r-md: .625rem; --r-lg: .875rem; --r-xl: 1.25rem;`;

/**
 * The custom properties of every page.
 *
 * @param given the team's colour as `#rrggbb`; null for ink
 */
export function tokens(given: string | null): string {
  const of = (scheme: Scheme) => {
    const { page, surface, sunken } = surfaces[scheme];
    const brand = given === null ? INK[scheme] : accentFor(given, scheme);
    return `--page: ${page}; --surface: ${surface}; --sunken: ${sunken};
  --accent: ${brand.accent}; --on-accent: ${brand.onAccent}; --accent-text: ${brand.text}; --accent-edge: ${brand.edge}; --accent-tint: ${brand.tint};`;
  };
  return `
:root { color-scheme: light dark; ${common}
  ${of('light')} ${light} }
@media (prefers-color-scheme: dark) { :root { ${of('dark')} ${dark} } }
`;
}
