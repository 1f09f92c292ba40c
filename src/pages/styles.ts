import { createHash } from 'node:crypto';
import type { ProviderButton } from '../auth/provider-button.js';
import { providers } from '../auth/providers.js';
import type { ProviderId } from '../common/provider-id.js';
import { baseStyle } from './base-style.js';

function providerRules(id: ProviderId, { light, dark }: ProviderButton): string {
  // A mark that stands alone takes the colour of its button; marks with colours of their own keep them.
  const rules = ({ background, text, border }: ProviderButton['light']) =>
    `.button-${id} { background-color: ${background}; color: ${text}; border-color: ${border}; }
.mark-${id} { color: ${background}; }`;
  return `${rules(light)}\n@media (prefers-color-scheme: dark) { ${rules(dark)} }`;
}

/** The one style sheet, inlined in every page. */
export const styleSheet = [
  baseStyle,
  ...(Object.keys(providers) as ProviderId[]).map((id) => providerRules(id, providers[id].button)),
].join('\n');

/** What pages may load: this style sheet, known by its hash, and pictures over https. No script at all. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'`,
  'img-src https: data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
