import { controls } from './controls.js';
import { layout } from './layout.js';
import { tokens } from './tokens.js';

/**
 * The one style sheet, inlined in every page: small, without a picture or font to load, light and dark by the reader's
 * preference. Without what only people read of it.
 *
 * @param accent the team's colour as `#rrggbb`; null for ink
 */
export function styleSheet(accent: string | null): string {
  return [tokens(accent), controls, layout]
    .join('')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
}
