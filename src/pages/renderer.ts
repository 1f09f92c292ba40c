import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { NewIdentity } from './new-identities.js';
import { icons } from './icons.js';
import { initialOf } from './initial.js';
import type { Look } from './look.js';
import type { Views } from './page-views.js';
import { markup, shown } from './text/markup.js';
import type { Words } from './text/words.js';

const eta = new Eta({
  views: fileURLToPath(new URL('./views', import.meta.url)),
  autoEscape: true,
  escapeFunction: shown,
  functionHeader: 'const { words, markup, icons, initialOf } = it;',
  cache: true,
});

/** What every template has at hand. */
const shared = { markup, icons, initialOf };

/** Renders a page. Every value is escaped, except `Html`, the marks and the style sheet, which are ours. */
export function render<Name extends keyof Views>(
  { brand, styleSheet }: Look,
  words: Words,
  name: Name,
  view: Views[Name],
  newIdentities: NewIdentity[],
): string {
  return eta.render(`./${name}`, { ...view, ...shared, words, brand, newIdentities, styleSheet });
}
