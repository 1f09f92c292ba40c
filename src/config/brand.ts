import * as z from 'zod';
import { isLoopback } from '../common/url.js';
import { UNSAFE_CHARACTERS } from '../common/unsafe-characters.js';
import type { Problem } from './config-error.js';

/** Whose name the pages wear: whatever is null is left out. */
export interface BrandConfig {
  readonly name: string | null;
  /** Where the application is that people come from. */
  readonly url: string | null;
  readonly logoUrl: string | null;
  /** The logo on a dark ground; null where there is one for both. */
  readonly logoDarkUrl: string | null;
  /** As `#rrggbb`, in lower case. */
  readonly accent: string | null;
  readonly privacyUrl: string | null;
  readonly termsUrl: string | null;
}

const MAX_NAME_LENGTH = 60;

const appName = z
  .string()
  .refine((value) => value.length <= MAX_NAME_LENGTH && value.search(UNSAFE_CHARACTERS) === -1, {
    error: `needs at most ${MAX_NAME_LENGTH} characters, without control or formatting characters among them`,
  });

/** An address that a page names. http is for developing alone: a browser would say that the page is not safe. */
const webAddress = z.string().refine(isWebAddress, {
  error:
    'needs an https URL without credentials, such as https://app.example.com/ (http on this machine alone)',
});

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^/]/i.test(value) || /[\s"<>]/.test(value) || !URL.canParse(value))
    return false;
  const { protocol, hostname, username, password } = new URL(value);
  const isSafe = protocol === 'https:' || isLoopback(hostname);
  return isSafe && username === '' && password === '';
}

const HEX = /^#?(?:([\da-f]{3})f?|([\da-f]{6})(?:ff)?)$/i;
const BYTE = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const RGB = new RegExp(
  `^rgb\\(\\s*${BYTE}(?:\\s*,\\s*|\\s+)${BYTE}(?:\\s*,\\s*|\\s+)${BYTE}\\s*\\)$`,
  'i',
);

/** One opaque colour, as people copy it from a style sheet or a drawing, as `#rrggbb`. */
const colour = z.string().transform((value, context) => {
  const [, short, long] = HEX.exec(value) ?? [];
  const hex = long ?? short?.replaceAll(/./g, '$&$&') ?? hexOf(RGB.exec(value));
  if (hex !== null) return `#${hex.toLowerCase()}`;
  const message = 'needs an opaque colour such as #6b3df5, or rgb(107 61 245)';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function hexOf(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  return match
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
}

export const brandVariables = {
  APP_NAME: appName.optional(),
  APP_URL: webAddress.optional(),
  APP_LOGO_URL: webAddress.optional(),
  APP_LOGO_DARK_URL: webAddress.optional(),
  APP_ACCENT: colour.optional(),
  PRIVACY_URL: webAddress.optional(),
  TERMS_URL: webAddress.optional(),
};

type BrandVariables = z.output<z.ZodObject<typeof brandVariables>>;

export function toBrand(vars: BrandVariables): BrandConfig {
  return {
    name: vars.APP_NAME ?? null,
    url: vars.APP_URL ?? null,
    logoUrl: vars.APP_LOGO_URL ?? null,
    logoDarkUrl: vars.APP_LOGO_DARK_URL ?? null,
    accent: vars.APP_ACCENT ?? null,
    privacyUrl: vars.PRIVACY_URL ?? null,
    termsUrl: vars.TERMS_URL ?? null,
  };
}

/** Of two logos the dark one alone would leave light pages without. */
export function logoRule(set: Readonly<Record<string, string | undefined>>): Problem[] {
  if (set['APP_LOGO_DARK_URL'] === undefined || set['APP_LOGO_URL'] !== undefined) return [];
  return [
    {
      variable: 'APP_LOGO_URL',
      needs: 'is missing while APP_LOGO_DARK_URL is set: light pages need one too',
    },
  ];
}
