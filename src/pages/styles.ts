import { createHash } from 'node:crypto';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { Button } from '../providers/provider.js';
import { providers } from '../providers/registry.js';

/**
 * The look of every page: small, without a picture or font to load, light and dark by the reader's preference. Colours
 * of text reach 4.5:1 against what is behind them, edges of controls 3:1 (WCAG 2.2 AA).
 *
 * The building blocks: `.button` (with `.primary`, `.danger`, `.small`), `.buttons` for a column of them, `.actions` for
 * a row, `.notice` for an error, `.done` for a success, `.new`
 * for what was connected lately, `.list` for entries with a small button at the right, `section`s
 * with an `h2`, `dl` for names and values, `.person` for a user.
 */
const baseStyle = `
:root { color-scheme: light dark;
  --page: #f3f4f7; --card: #ffffff; --text: #16181d; --muted: #565c6b; --line: #dfe2e9; --edge: #858b9a;
  --accent: #2f5bea; --on-accent: #ffffff; --tint: #e8edfd;
  --bad: #a01c1c; --bad-page: #fdf0f0; --bad-line: #e6b4b4; --good: #17633a; --warn: #7a4b00; --warn-tint: #fff8e8; --warn-line: #ecd6a4;
  --shadow: rgb(20 24 40 / .07); }
@media (prefers-color-scheme: dark) { :root {
  --page: #0f1115; --card: #181b21; --text: #eceef3; --muted: #a6acba; --line: #2e333d; --edge: #757c8c;
  --accent: #93acff; --on-accent: #0f1115; --tint: #262f4b;
  --bad: #ffb4b4; --bad-page: #2d1a1c; --bad-line: #6b3438; --good: #8fdcb0; --warn: #f2c879; --warn-tint: #262013; --warn-line: #574520;
  --shadow: transparent; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; padding: clamp(12px, 4vw, 2rem) clamp(12px, 4vw, 1.5rem); display: grid;
  grid-template-columns: minmax(0, 25rem); place-content: center; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
body.wide { grid-template-columns: minmax(0, 42rem); align-content: start; }
.brand { display: flex; align-items: center; gap: .4rem; margin: 0 0 .75rem .25rem; font-weight: 600; }
.brand svg { width: 1.5em; height: 1.5em; color: var(--accent); }
main { background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: clamp(18px, 5vw, 2rem); box-shadow: 0 1px 2px var(--shadow), 0 12px 32px -16px var(--shadow); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
/* The words of a name have a direction of their own, the page keeps its side. */
h1[dir=auto], .name[dir=auto] { text-align: left; }
h2 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: .5rem 0 0; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font-size: .9em; }
/* In one piece, unless letters are so large that a line of its own is too short: that is asked of the card, in letters. */
time { white-space: nowrap; }
main { container-type: inline-size; }
@container (max-width: 12rem) { time { white-space: normal; } }
section { margin-top: 2rem; }
.muted { color: var(--muted); }
.detail { color: var(--muted); font-size: .875rem; }
.good { color: var(--good); }
.next { margin-top: 1.75rem; }
.next + .buttons { margin-top: .75rem; }
.foot { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .875rem; }

.button { display: flex; align-items: center; justify-content: center; gap: .625rem; width: 100%; min-height: 2.75rem;
  padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .5rem; background-color: transparent;
  color: var(--text); font: inherit; font-weight: 500; line-height: 1.25; text-align: center; text-decoration: none;
  cursor: pointer; }
.button.primary { background-color: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.danger { border-color: var(--bad); color: var(--bad); }
.button.small { display: inline-flex; width: auto; min-height: 2.25rem; padding: .25rem .75rem; font-size: .875rem; }
.button:hover { background-image: linear-gradient(rgb(127 127 127 / .14) 0 0); }
.button:active { background-image: linear-gradient(rgb(127 127 127 / .26) 0 0); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.button:focus-visible { border-radius: .5rem; }
.buttons { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: .75rem; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; margin-top: 1.5rem; }
.actions .button { width: auto; min-width: min(9rem, 100%); }
/* In the narrow card two that do not fit beside each other are equally wide. */
body:not(.wide) .actions .button { flex: 1 1 9rem; }
.mark { flex: none; display: inline-flex; }
.mark svg { width: 1.25em; height: 1.25em; }

.done { border: 1px solid var(--line); border-left: .25rem solid var(--good); border-radius: .5rem; padding: .75rem 1rem;
  margin: 1rem 0 0; }
main > .done:first-child { margin: 0 0 1.25rem; }
.notice { border: 1px solid var(--bad-line); border-left: .25rem solid var(--bad); border-radius: .5rem;
  background: var(--bad-page); padding: .75rem 1rem; margin: 1rem 0 0; }
.notice > :first-child { margin-top: 0; }
.notice strong { color: var(--bad); }
.notice p { margin-top: .25rem; }
.done + p, .notice + p { margin-top: 1rem; }
.new { border: 1px solid var(--warn-line); border-radius: .875rem;
  background: var(--warn-tint); padding: 1rem clamp(14px, 4vw, 1.25rem); margin: 0 0 1rem; container-type: inline-size; }
.new h2 { display: flex; gap: .5rem; margin: 0; }
.new h2 svg { flex: none; width: 1.25em; height: 1.25em; color: var(--warn); }
.new p { font-size: .875rem; }
.new .actions { margin-top: .75rem; gap: .5rem .75rem; }
body .new .actions .button { flex: none; min-width: 0; }
.separate { border-top: 1px solid var(--line); margin-top: 1.75rem; padding-top: 1.25rem; }
.separate p { color: var(--muted); font-size: .875rem; }
.separate .actions { margin-top: .75rem; }
.lost { margin-top: 1.25rem; font-size: .875rem; }
.lost summary { display: inline-block; padding: .375rem 0; cursor: pointer; text-decoration: underline; text-underline-offset: .2em; }
.lost p { color: var(--muted); margin-top: .25rem; }
.id { font-size: .8125rem; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }

.person { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1rem; }
.person > div:last-child { flex: 1 1 8rem; min-width: 0; }
.person p { margin-top: .125rem; }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden; }
.avatar { position: relative; flex: none; width: 4rem; height: 4rem; border-radius: 50%; overflow: hidden;
  background: var(--tint); color: var(--accent); font-size: 1.625rem; font-weight: 600; line-height: 1; }
.avatar span, .avatar img, .avatar img::after { position: absolute; inset: 0; }
.avatar span, .avatar img::after { display: grid; place-items: center; }
.avatar img { width: 100%; height: 100%; object-fit: cover; }
/* Drawn only when the picture did not load: it covers the browser's broken picture with the initial. */
.avatar img::after { inset: -1px; content: attr(data-initial); background: var(--tint); }

dl { display: grid; grid-template-columns: minmax(5rem, auto) minmax(0, 1fr); gap: .375rem 1rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; }
.about, .who { margin-top: 1rem; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; padding: .75rem 0;
  border-top: 1px solid var(--line); }
.list > li:last-child { border-bottom: 1px solid var(--line); }
.list .what { flex: 1 1 11rem; min-width: 0; }
.list .detail { display: block; }
.list > li > form, .list > li > .button { flex: none; margin-left: auto; }

@media (max-width: 27rem) {
  .avatar { width: 3rem; height: 3rem; font-size: 1.25rem; }
  .person { gap: .75rem; align-items: start; }
  h1 { font-size: 1.375rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .5rem; }
  dd:last-child { margin-bottom: 0; }
  .actions > *, .actions .button { width: 100%; }
  .actions > a:not(.button) { text-align: center; }
}
@media (forced-colors: active) {
  .avatar, main { border: 1px solid; }
}
`;

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
 * Of a page whose form leads to an address of another origin, or of a scheme. IPv6 addresses have no place in a policy
 * (CSP Level 3 §2.3.1): their scheme stands for them.
 */
export function policyLeadingTo(address: string): string {
  const { protocol, origin, hostname } = new URL(address);
  const source = /^https?:$/.test(protocol) && !hostname.startsWith('[') ? origin : protocol;
  return [...policy, `form-action 'self' ${source}`].join('; ');
}

/**
 * The account page's, whose forms connect providers. Chromium applies `form-action` to the redirects after a form too,
 * and a provider's own redirects lead to addresses that cannot be listed.
 */
export const accountPolicy = policy.join('; ');
