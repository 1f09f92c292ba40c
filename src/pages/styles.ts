import { createHash } from 'node:crypto';
import type { ProviderId } from '../common/provider-id.js';
import type { ProviderButton } from '../auth/provider-button.js';
import { providers } from '../auth/providers.js';

const base = `
:root { color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --text: #16181d; --muted: #5a6070; --line: #d9dce3; --accent: #2f5bea;
  --bad: #9f1c1c; --bad-page: #fdeeee; --bad-line: #f0c0c0; --good: #17633a; }
@media (prefers-color-scheme: dark) { :root {
  --page: #101216; --card: #191c22; --text: #eceef3; --muted: #a3a9b8; --line: #343945; --accent: #8fa9ff;
  --bad: #ffb4b4; --bad-page: #2d1a1c; --bad-line: #6b3438; --good: #8fdcb0; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 25rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: clamp(1.25rem, 5vw, 2rem); }
main.wide { max-width: 40rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p { margin: 0 0 1rem; }
a { color: var(--accent); text-underline-offset: .15em; }
.logo { display: block; margin-bottom: 1.25rem; color: var(--accent); }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
.buttons { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: .75rem; }
.button { display: flex; align-items: center; justify-content: center; gap: .75rem; width: 100%; min-height: 2.75rem;
  padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: transparent;
  color: var(--text); font: 500 1rem/1.25 inherit; font-family: inherit; text-decoration: none; cursor: pointer; }
.button svg { flex: none; }
.button:hover { filter: brightness(.96); }
.button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.notice { border: 1px solid var(--bad-line); background: var(--bad-page); color: var(--bad); border-radius: .5rem;
  padding: .75rem 1rem; margin: 1rem 0 0; }
.notice p { margin: 0; }
.notice .small { margin-top: .5rem; overflow-wrap: anywhere; }
.person { display: flex; align-items: center; gap: 1rem; margin-bottom: 1.5rem; }
.person > div { min-width: 0; }
.person p { margin: 0; overflow-wrap: anywhere; }
.avatar { position: relative; flex: none; width: 4rem; height: 4rem; border-radius: 50%; overflow: hidden;
  display: grid; place-items: center; background: var(--line); font-size: 1.5rem; font-weight: 600; }
.avatar img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .35rem 1rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.list { list-style: none; margin: 0; padding: 0; }
.list li { display: flex; align-items: center; gap: .75rem; padding: .75rem 0; border-top: 1px solid var(--line); }
.list li > div { min-width: 0; overflow-wrap: anywhere; }
.list svg { flex: none; }
.end { margin-top: 1.5rem; }
.tag { color: var(--good); }
@media (max-width: 26rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;

function buttonRules(id: ProviderId, { light, dark }: ProviderButton): string {
  const rule = ({ background, text, border }: ProviderButton['light']) =>
    `.button-${id} { background: ${background}; color: ${text}; border-color: ${border}; }`;
  return `${rule(light)}\n@media (prefers-color-scheme: dark) { ${rule(dark)} }`;
}

/** The one style sheet, inlined in every page. */
export const styleSheet = [
  base,
  ...(Object.keys(providers) as ProviderId[]).map((id) => buttonRules(id, providers[id].button)),
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
