import type { Request } from 'express';
import { de } from './de/de.js';
import { type Catalogue, en } from './en/en.js';
import { es } from './es/es.js';
import { type Formats, formatsOf } from './formats.js';
import { fr } from './fr/fr.js';
import { ja } from './ja/ja.js';
import { pt } from './pt/pt.js';

/** What the pages say, in one language. */
export interface Words extends Catalogue {
  format: Formats;
}

export function wordsOf(catalogue: Catalogue): Words {
  return { ...catalogue, format: formatsOf(catalogue.locale) };
}

const english = wordsOf(en);

/** English is for those who ask for none of them. */
export const languages: readonly Words[] = [english, ...[de, fr, es, pt, ja].map(wordsOf)];

/** By language tag (BCP 47), in lower case. */
const byTag: ReadonlyMap<string, Words> = new Map(
  languages.map((words) => [words.language, words]),
);

/** The longest tag that software has to expect (RFC 5646 §4.4.1). */
const MAX_TAG = 35;

const chosen = new WeakMap<Request, Words>();

/** The words for whoever asks: by `ui_locales` (OpenID Connect Core §3.1.2.1), else `Accept-Language`, else in English. */
export function wordsFor(request: Request): Words {
  const before = chosen.get(request);
  if (before !== undefined) return before;
  const words = [...uiLocales(request), ...request.acceptsLanguages()]
    .map(lookUp)
    .find((found) => found !== undefined);
  chosen.set(request, words ?? english);
  return words ?? english;
}

function uiLocales({ query }: Request): string[] {
  const asked = query['ui_locales'];
  return typeof asked === 'string' ? asked.split(' ') : [];
}

/** RFC 4647 §3.4: a range loses its last part until there is something for it. */
function lookUp(range: string): Words | undefined {
  if (range.length > MAX_TAG) return undefined;
  for (let tag = range.toLowerCase(); ; tag = tag.slice(0, tag.lastIndexOf('-'))) {
    const words = byTag.get(tag);
    if (words !== undefined || !tag.includes('-')) return words;
  }
}
