import { providerVariables } from './providers.js';
import { fileVariable, secretVariables } from './secret-files.js';
import { variables } from './variables.js';

/** Every variable that is read. */
export const knownVariables: readonly string[] = [
  ...Object.keys(variables.shape),
  ...Object.keys(providerVariables.shape),
  ...secretVariables.map(fileVariable),
];

/** What other programs read, and is nearly ours. */
const OF_OTHERS = new Set(['FTP_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'ftp_proxy']);

/** The names that people give our variables from memory. */
const PREFIXES: readonly [theirs: RegExp, ours: string][] = [
  [/^LATCHKEY_(?=.{7})/, ''],
  [/^X_/, 'TWITTER_'],
];

/** The variables that are not known, but nearly are: a slip of the pen, an underscore, or a prefix away from one. */
export function misspeltIn(names: readonly string[]): { variable: string; meant: string }[] {
  return names.flatMap((variable) => {
    if (knownVariables.includes(variable) || OF_OTHERS.has(variable)) return [];
    const meant = nearest(variable);
    return meant === null ? [] : [{ variable, meant }];
  });
}

function nearest(variable: string): string | null {
  const upper = variable.toUpperCase();
  const spellings = [upper, ...PREFIXES.map(([theirs, ours]) => upper.replace(theirs, ours))];
  const letters = [...new Set(spellings)].map(lettersOf);
  const [best] = knownVariables
    .map((known) => ({
      known,
      slips: Math.min(...letters.map((each) => editDistance(lettersOf(known), each))),
    }))
    .filter(({ known, slips }) => slips <= slipsAllowed(lettersOf(known)))
    .toSorted((one, other) => one.slips - other.slips);
  return best?.known ?? null;
}

function lettersOf(variable: string): string {
  return variable.replaceAll('_', '');
}

/** Short names are near to many words: PAGES to PAGER, DATABASE_URL to DATABASE_SSL. */
function slipsAllowed({ length }: string): number {
  if (length < 7) return -1;
  return length < 12 ? 1 : 2;
}

/** Letters to put in, take out, replace, or swap with the next one (optimal string alignment). */
function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_item, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1];
      const swapped = one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      next[to] = Math.min(
        (row[to] ?? 0) + 1,
        (next[to - 1] ?? 0) + 1,
        (row[to - 1] ?? 0) + (same ? 0 : 1),
        swapped && at > 1 && to > 1 ? (before[to - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
