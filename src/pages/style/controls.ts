/** Text, buttons, notices: what every page is made of. */
export const controls = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100svh; background: var(--page); color: var(--ink);
  font: 400 var(--t-md)/1.5 var(--font); overflow-wrap: anywhere; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
ul[role=list] { list-style: none; }
h1 { font-size: var(--t-xl); line-height: 1.25; font-weight: 600; letter-spacing: -.018em; text-wrap: balance; hyphens: auto; }
h2 { font-size: var(--t-lg); line-height: 1.4; font-weight: 600; letter-spacing: -.006em; }
/* The words of a name have a direction of their own, the page keeps its side. */
h1[dir=auto] { text-align: left; }
html[dir=rtl] h1[dir=auto] { text-align: right; }
:lang(ja) :is(h1, h2), [dir=rtl] :is(h1, h2) { letter-spacing: 0; }
p { text-wrap: pretty; }
a { color: var(--accent-text); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 2px; }
strong { font-weight: 600; }
code, .id { font-family: var(--mono); font-size: .8125rem; }
svg { flex: none; }
:focus-visible { outline: 3px solid var(--accent-edge); outline-offset: 2px; border-radius: var(--r-sm); }
.muted { color: var(--muted); }
.small { font-size: var(--t-sm); line-height: 1.45; }
.icon { width: 1.25rem; height: 1.25rem; }

.button { position: relative; display: inline-flex; align-items: center; justify-content: center; gap: .625rem; min-height: 2.75rem;
  padding: .5rem var(--s4); border: 1px solid var(--edge); border-radius: var(--r-md); background: var(--surface); color: var(--ink);
  box-shadow: var(--shadow-1); font: 500 var(--t-md)/1.3 var(--font); text-align: center; text-decoration: none; cursor: pointer;
  -webkit-tap-highlight-color: transparent; }
.button:hover { background: var(--hover); }
.button:active { background: var(--press); box-shadow: none; }
.button:focus-visible { border-radius: var(--r-md); }
.button.primary { background: var(--accent); border-color: var(--accent-edge); color: var(--on-accent); }
.button.danger { background: var(--bad-fill); border-color: var(--bad-fill); color: #fff; }
:is(.primary, .danger).button:hover { box-shadow: inset 0 0 0 99em rgb(127 127 127 / .14); }
:is(.primary, .danger).button:active { box-shadow: inset 0 0 0 99em rgb(127 127 127 / .28); }
.button.to-danger { border-color: var(--bad); color: var(--bad); background: none; box-shadow: none; }
.button.to-danger:hover { background: var(--bad-tint); }
.button.compact, .button.quiet { min-height: 2.25rem; padding: .25rem .75rem; font-size: var(--t-sm); }
.button.quiet { border-color: transparent; background: none; box-shadow: none; }
.button.quiet:hover { background: var(--hover); }
.button.quiet:active { background: var(--press); }
/* After a click a link keeps the focus until the next page is there: a line says that the click was heard. */
a.button:focus:not(:focus-visible)::after { content: ""; position: absolute; inset: auto .625rem 0; height: 2px;
  background: linear-gradient(currentColor 0 0) -45% 0 / 45% 100% no-repeat; animation: heard 1.1s ease-in-out .25s 8; }
@keyframes heard { to { background-position: 190% 0; } }

.stack { display: grid; gap: .75rem; margin-block-start: var(--s6); }
.stack .button { width: 100%; }
.actions { display: flex; flex-wrap: wrap; gap: .625rem; margin-block-start: var(--s6); }
.actions > * { flex: 1 1 auto; min-width: min(8.5rem, 100%); }
.actions form .button { width: 100%; }

/* Providers: the mark at the start, words in the middle, "Last used" at the end; one weight for all. */
.provider { display: grid; grid-template-columns: minmax(1.25rem, 1fr) auto minmax(0, 1fr); gap: .5rem; padding-inline: .875rem;
  background: var(--p-fill); border-color: var(--p-edge); color: var(--p-ink); }
.provider:hover { background: var(--p-hover); }
.provider > svg { justify-self: start; width: 1.25rem; height: 1.25rem; }
.provider > .last { justify-self: end; }
.provider.was-last { grid-template-columns: minmax(1.25rem, 1fr) auto minmax(max-content, 1fr); }
/* The one to choose is in the dark theme on light pages, and the other way round: both are the providers' own. */
.provider.primary, .provider.primary:hover { background: var(--q-fill); border-color: var(--q-edge); color: var(--q-ink); }
.last { padding: .125rem .4375rem; border-radius: 99px; background: var(--accent-tint); color: var(--accent-text); font-size: var(--t-xs);
  line-height: 1.35; white-space: nowrap; }
/* Too narrow for both: the words keep the line, "Last used" sits on the edge. */
@container (max-width: 21rem) {
  .provider.was-last { grid-template-columns: minmax(1.25rem, 1fr) auto minmax(0, 1fr); }
  .provider > .last { position: absolute; inset-block-start: -.6875rem; inset-inline-end: .75rem; box-shadow: 0 0 0 2px var(--surface); }
}
/* Very large letters: mark and words side by side, and words may break. */
@container (max-width: 14rem) {
  .button, .button.compact, .button.quiet { padding-inline: .5rem; }
  h1 { font-size: 1.25rem; }
  .provider, .provider.was-last { grid-template-columns: auto minmax(0, 1fr); }
  .provider > span { text-align: start; }
  .last { white-space: normal; }
}

.notice { display: flex; flex-wrap: wrap; gap: var(--s3); margin-block-start: var(--s5); padding: .875rem var(--s4); border: 1px solid var(--line);
  border-radius: var(--r-lg); background: var(--sunken); font-size: var(--t-sm); line-height: 1.45; }
.notice > svg { color: var(--muted); }
.notice > div { flex: 1 1 8rem; min-width: 0; }
.notice p + p { margin-block-start: var(--s2); }
.notice :is(h2, strong) { display: block; font-size: inherit; line-height: inherit; }
.notice .actions { margin-block-start: var(--s3); }
.notice .actions > * { flex: 0 1 auto; min-width: 0; }
.notice .button { background: transparent; box-shadow: none; }
@container (max-width: 14rem) {
  .notice { display: block; padding: var(--s3); }
  .notice > svg { margin-block-end: var(--s2); }
  .notice .button { width: 100%; }
}
.notice.warn { background: var(--warn-tint); border-color: var(--warn-line); }
.notice.warn > svg { color: var(--warn); }
.notice.good { background: var(--good-tint); border-color: transparent; }
.notice.good > svg { color: var(--good); }
.notice .id { margin-block-start: var(--s2); color: var(--muted); }
.badge { display: inline-flex; align-items: center; gap: .25rem; padding: .0625rem .4375rem; border-radius: 99px; background: var(--hover);
  color: var(--muted); font-size: var(--t-xs); line-height: 1.5; font-weight: 500; }
.badge.good { background: var(--good-tint); color: var(--good); }
.badge.warn { background: var(--warn-tint); color: var(--warn); }
.badge svg { width: .75rem; height: .75rem; }

.seal { display: grid; place-items: center; width: 3rem; height: 3rem; border-radius: 50%; margin-block-end: var(--s5);
  background: var(--hover); color: var(--muted); }
.seal svg { width: 1.5rem; height: 1.5rem; }
.seal.good { background: var(--good-tint); color: var(--good); }
.wait { display: block; width: 100%; height: .25rem; margin-block-start: var(--s6); border-radius: 99px; background: var(--press); fill: var(--accent-edge); }
[dir=rtl] .wait { transform: scaleX(-1); }

.avatar { position: relative; display: grid; place-items: center; flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  overflow: hidden; background: var(--accent-tint); color: var(--accent-text); font-weight: 600; line-height: 1; }
.avatar.tiny { width: 1.5rem; height: 1.5rem; font-size: var(--t-xs); }
.avatar.big { width: 4.5rem; height: 4.5rem; font-size: 1.75rem; }
.avatar img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
/* Drawn only when the picture did not load: it covers the browser's broken picture with the initial. */
.avatar img::after { position: absolute; inset: -1px; display: grid; place-items: center; content: attr(data-initial); background: var(--accent-tint); }

summary { display: inline-flex; align-items: center; gap: .375rem; min-height: 2.25rem; color: var(--muted); font-size: var(--t-sm);
  font-weight: 500; cursor: pointer; list-style: none; border-radius: var(--r-sm); }
summary::-webkit-details-marker { display: none; }
summary:hover { color: var(--ink); }
summary svg { width: 1rem; height: 1rem; }
[open] > summary svg { transform: rotate(180deg); }
details { margin-block-start: var(--s2); }
.stack + details, .small + details { margin-block-start: var(--s4); }
details > .stack { margin-block-start: var(--s3); }
.separate { margin-block-start: var(--s6); padding-block-start: var(--s5); border-block-start: 1px solid var(--line); }
.separate .actions { margin-block-start: var(--s3); }
details p { color: var(--muted); font-size: var(--t-sm); line-height: 1.45; }
details p + p { margin-block-start: var(--s1); }
details .actions { margin-block-start: var(--s3); }

@media (prefers-reduced-motion: no-preference) {
  .seal.good path { stroke-dasharray: 24; animation: draw .45s .12s cubic-bezier(.3, .7, .3, 1) backwards; }
  .button { transition: background-color .12s, box-shadow .12s; }
}
@keyframes draw { from { stroke-dashoffset: 24; } }
@media (prefers-reduced-motion: reduce) { .wait, a.button:focus:not(:focus-visible)::after { display: none; } }
@media (forced-colors: active) {
  .avatar, .seal, .badge, .last, .monogram, .notice.good { border: 1px solid; }
  .button.quiet { border-color: ButtonBorder; }
  .button.primary, .button.danger { border-width: 2px; }
  .wait { fill: CanvasText; }
  svg { color: inherit !important; }
}
@media print { .button, .ways { display: none; } }
`;
