/*
 * The colours that the pages make of a team's own: from one opaque colour, for light and for dark. Hue stays, chroma gives
 * way to the gamut alone, lightness moves in steps of OKLCH (CSS Color 4 §9.3) until what is read can be read (WCAG 2.2,
 * 1.4.3 and 1.4.11).
 */

/** What lies behind words and edges. */
export const surfaces = {
  light: { page: '#f4f5f7', surface: '#ffffff', sunken: '#f8f9fa' },
  dark: { page: '#0d0e11', surface: '#17181c', sunken: '#131417' },
} as const;

export type Scheme = keyof typeof surfaces;

export interface Accent {
  /** The fill of the primary button. */
  accent: string;
  onAccent: string;
  /** Links, and words on the tint. */
  text: string;
  /** The border of the fill, focus, selection. */
  edge: string;
  tint: string;
}

const STEP = 0.005;
/** How many steps darker a fill may become to have white words: 0.06 of lightness. */
const FILL_STEPS = 12;
const WORDS = 4.5;
const WORDS_ON_DARK = 5.5;
const EDGES = 3;

/**
 * @param given as `#rrggbb`
 */
export function accentFor(given: string, scheme: Scheme): Accent {
  const grounds = Object.values(surfaces[scheme]);
  const away = scheme === 'light' ? -1 : 1;
  const shade = shadesOf(given);
  const darker = [...Array(FILL_STEPS + 1).keys()].find(
    (steps) => contrast(shade(-steps), '#ffffff') >= WORDS,
  );
  const fillAt = darker === undefined ? 0 : -darker;
  const tint = mixed(given, surfaces[scheme].surface, scheme === 'light' ? 0.1 : 0.18);
  const first = (from: number, against: readonly string[], least: number): string => {
    let at = from;
    while (against.some((ground) => contrast(shade(at), ground) < least)) at += away;
    return shade(at);
  };
  return {
    accent: shade(fillAt),
    onAccent: darker === undefined ? '#000000' : '#ffffff',
    edge: first(fillAt, grounds, EDGES),
    tint,
    text: first(0, [...grounds, tint], scheme === 'light' ? WORDS : WORDS_ON_DARK),
  };
}

type Triple = readonly [number, number, number];

/** The colour so many steps lighter, or darker where there are fewer than none. Black and white are the last ones. */
function shadesOf(given: string): (steps: number) => string {
  const [lightness, a, b] = toOklab(given);
  return (steps) => {
    if (steps === 0) return given;
    const moved = lightness + steps * STEP;
    if (moved <= 0) return '#000000';
    if (moved >= 1) return '#ffffff';
    let chroma = 1;
    while (!isInGamut(toLinear([moved, a * chroma, b * chroma]))) chroma *= 0.95;
    return toHex(toLinear([moved, a * chroma, b * chroma]).map(encode));
  };
}

/** The contrast of two colours (WCAG 2.2, “contrast ratio”). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = linearOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mixed(over: string, under: string, share: number): string {
  const below = bytesOf(under);
  return toHex(bytesOf(over).map((byte, at) => byte * share + (below[at] ?? 0) * (1 - share)));
}

function bytesOf(colour: string): Triple {
  const byte = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [byte(1), byte(3), byte(5)];
}

function toHex(bytes: readonly number[]): string {
  return `#${bytes.map((byte) => Math.round(byte).toString(16).padStart(2, '0')).join('')}`;
}

function linearOf(colour: string): Triple {
  const [red, green, blue] = bytesOf(colour);
  return [decode(red), decode(green), decode(blue)];
}

/** IEC 61966-2-1. */
function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(value: number): number {
  const inside = Math.min(1, Math.max(0, value));
  return 255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055);
}

function isInGamut(linear: Triple): boolean {
  return linear.every((value) => value >= -1e-6 && value <= 1 + 1e-6);
}

/** https://bottosson.github.io/posts/oklab/ */
function toOklab(colour: string): Triple {
  const [red, green, blue] = linearOf(colour);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function toLinear([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
