import { createHash } from 'node:crypto';
import type { Button } from '../providers/provider.js';
import { providers } from '../providers/registry.js';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import { baseStyle } from './base-style.js';

function providerRules(id: ProviderId, { light, dark }: Button): string {
  // A mark that stands alone takes the colour of its button; marks with colours of their own keep them.
  const rules = ({ background, text, border }: Button['light']) =>
    `.button-${id} { background-color: ${background}; color: ${text}; border-color: ${border}; }
.mark-${id} { color: ${background}; }`;
  return `${rules(light)}\n@media (prefers-color-scheme: dark) { ${rules(dark)} }`;
}

/** The one style sheet, inlined in every page. */
export const styleSheet = [
  baseStyle,
  ...providerIds.map((id) => providerRules(id, providers[id].button)),
].join('\n');

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'`,
  'img-src https: data:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** What pages may load: this style sheet, known by its hash, and pictures over https. No script at all. */
export const pagePolicy = [...policy, "form-action 'self'"].join('; ');

/**
 * The account page's, whose forms connect providers. Chromium applies `form-action` to the redirects after a form too,
 * and a provider's own redirects lead to addresses that cannot be listed.
 */
export const accountPolicy = policy.join('; ');
