/** The two kinds of page, and rows: a card with one thing to do, and the account. They ask their container how wide it is. */
export const layout = `
.brand { display: inline-flex; align-items: center; gap: .625rem; min-height: 2.5rem; color: var(--ink); font-weight: 600;
  text-decoration: none; border-radius: var(--r-md); }
.brand img { display: block; width: auto; height: 2.5rem; max-width: min(11rem, 100%); object-fit: contain; object-position: left center; }
[dir=rtl] .brand img { object-position: right center; }
.monogram { display: grid; place-items: center; width: 2.5rem; height: 2.5rem; flex: none; border-radius: .6875rem;
  background: var(--accent); color: var(--on-accent); font-size: 1.125rem; line-height: 1; border: 1px solid var(--accent-edge); }
.monogram svg { width: 1.25rem; height: 1.25rem; }

.single { display: grid; grid-template: 1fr auto / minmax(0, 1fr); justify-items: center; padding: var(--s7) var(--s4) 0; }
.card { --pad: 2.25rem; align-self: center; width: 100%; max-width: 26.5rem; margin-block-end: 4vh; background: var(--surface);
  border: 1px solid var(--line); border-radius: var(--r-xl); box-shadow: var(--shadow-2); overflow: clip; }
.card > header { padding: var(--pad) var(--pad) 0; }
.card > main { padding: var(--s6) var(--pad) var(--pad); }
.card > main, .news { container-type: inline-size; }
.card main > p { margin-block-start: var(--s3); }
.card main h1 + p { margin-block-start: var(--s2); color: var(--muted); }
.card main > .small { margin-block-start: var(--s4); }
.strip { display: flex; gap: var(--s3); align-items: center; margin: var(--pad) calc(-1 * var(--pad)) calc(-1 * var(--pad));
  padding: var(--s4) var(--pad); background: var(--sunken); border-block-start: 1px solid var(--line); color: var(--muted);
  font-size: var(--t-sm); line-height: 1.45; }
.strip + .strip { margin-block-start: var(--pad); }
.strip strong { color: var(--ink); font-weight: 500; }
.strip > :last-child { min-width: 0; }
.strip.warn { align-items: start; background: var(--warn-tint); border-color: var(--warn-line); color: var(--ink); }
.strip.warn svg { color: var(--warn); }
.foot { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 var(--s2); padding: var(--s5) 0; font-size: var(--t-sm); }
.foot a { color: var(--muted); text-decoration: none; padding: .375rem var(--s2); border-radius: var(--r-sm); }
.foot a:hover { color: var(--ink); text-decoration: underline; }

.panel { container-type: inline-size; border: 1px solid var(--line); border-radius: var(--r-lg); background: var(--surface); overflow: clip; }
.card .panel { margin-block-start: var(--s5); background: var(--sunken); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s4); padding: .75rem var(--s5); }
.card .row { padding: .75rem var(--s4); gap: var(--s3); flex-wrap: nowrap; }
.row + .row { border-block-start: 1px solid var(--line); }
.frame { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; flex: none; border-radius: var(--r-md);
  border: 1px solid var(--line); background: var(--surface); color: var(--muted); }
.frame svg { width: 1.125rem; height: 1.125rem; }
.mark-twitter { color: var(--ink); }
.row > .what { flex: 1 1 9rem; min-width: 0; }
.row .title { display: block; font-weight: 500; }
.row .small { display: block; color: var(--muted); }
.row > form, .row > .button { margin-inline-start: auto; }
.row > .quiet { margin-inline-end: -.75rem; }
/* Narrow: the action stays beside the title, the details run below both. */
@container (max-width: 27rem) {
  .row:has(> .button, > form) { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 var(--s3); }
  .row:has(> .button, > form) > .what { display: contents; }
  .row > .frame { grid-row: 1 / 3; grid-column: 1; align-self: start; margin-block-start: .1875rem; }
  .row .title { grid-column: 2; grid-row: 1; }
  .row:not(:has(.frame)) .title { grid-column: 1 / 3; }
  .row > .button, .row > form { grid-column: 3; grid-row: 1; }
  .row:has(> .button, > form) .small { grid-column: 2 / 4; }
  .row:not(:has(.frame)):has(> .button, > form) .small { grid-column: 1 / 4; }
}
/* Very large letters: everything under everything. */
@container (max-width: 16rem) {
  .row:has(> .button, > form) { display: block; }
  .row:has(> .button, > form) > .what { display: block; }
  .row > .button, .row > form { margin: var(--s2) 0 0; }
}
.joined .row { position: relative; }
.joined .row + .row { border: 0; padding-block-start: .25rem; }
.joined .row + .row::before { content: ""; position: absolute; inset-block-start: -.75rem; inset-inline-start: calc(var(--s4) + 1.25rem - 1px);
  height: 1rem; border-inline-start: 2px dotted var(--edge); }
.joined .frame { width: 2.5rem; height: 2.5rem; }
.lost-list { margin-block-start: var(--s4); display: grid; gap: var(--s2); color: var(--muted); }
.lost-list li { display: flex; gap: .625rem; }
.lost-list svg { width: 1rem; height: 1rem; margin-block-start: .1875rem; color: var(--edge); }
dl { display: grid; grid-template-columns: minmax(5rem, auto) minmax(0, 1fr); gap: .375rem var(--s4); padding: .875rem var(--s4); font-size: var(--t-sm); }
dt { color: var(--muted); }
@container (max-width: 18rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd + dt { margin-block-start: var(--s2); } }

.topbar, .wide main, .wide .news, .end { max-width: 62rem; margin-inline: auto; padding: 0 var(--s6); }
.topbar { container-type: inline-size; display: flex; align-items: center; gap: var(--s3); padding-block: var(--s4); }
.topbar .brand { margin-inline-end: auto; min-width: 0; }
.topbar .brand img, .topbar .monogram { height: 2rem; }
.topbar .monogram { width: 2rem; font-size: .9375rem; border-radius: .5625rem; }
.ways { display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: var(--s1) var(--s2); }
.wide main { container-type: inline-size; padding-block-start: var(--s4); }
.news { width: 100%; max-width: 26.5rem; }
.news .notice { margin: 0 0 var(--s4); }
.wide .news { padding-block-start: var(--s4); }
.wide .news .notice { margin-block-end: 0; }
.single:has(.news) { grid-template-rows: auto 1fr auto; }
.wide .notice { margin-block: 0 var(--s5); }
.identity { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s4) var(--s5); padding-block-end: var(--s7); }
.identity > div:last-child { flex: 1 1 10rem; min-width: 0; }
.identity h1 { font-size: 1.75rem; }
.identity p > a, .card main > .small > a:only-child { display: inline-block; padding-block: .25rem; }
.identity p { margin-block-start: .125rem; color: var(--muted); }
.block { display: grid; grid-template-columns: minmax(0, 15rem) minmax(0, 1fr); gap: var(--s4) var(--s9); padding-block: var(--s6) 1.75rem;
  border-block-start: 1px solid var(--line); }
.block > header p { margin-block-start: var(--s1); color: var(--muted); font-size: var(--t-sm); line-height: 1.45; }
.after { display: flex; flex-wrap: wrap; gap: 0 var(--s2); padding: .375rem calc(var(--s5) - .75rem); background: var(--sunken);
  border-block-start: 1px solid var(--line); }
.log, .log + p { font-size: var(--t-sm); line-height: 1.45; }
.log li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 var(--s4); padding: .375rem 0; }
.log li > span { flex: 1 1 11rem; min-width: 0; }
.log time, .where { color: var(--muted); }
.log svg { width: .9375rem; height: .9375rem; color: var(--warn); vertical-align: -.125rem; margin-inline-end: .375rem; }
.log + p { margin-block-start: var(--s2); }
.danger-zone .panel { border-color: var(--bad-line); }
.danger-zone h2 { color: var(--bad); }
.end > div { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: var(--s1) var(--s5); padding-block: var(--s5) var(--s7);
  border-block-start: 1px solid var(--line); color: var(--muted); font-size: var(--t-sm); }
.end .foot { padding: 0; margin-inline: calc(-1 * var(--s2)); }
.wide main > section:last-child:not(.block) { padding-block-end: var(--s6); }
.end a { color: var(--muted); }
@container (max-width: 46rem) { .block { grid-template-columns: minmax(0, 1fr); } .block > header { max-width: 34rem; } }
/* Beside a logo or a letter the name is in the heading and the title too. */
@container (max-width: 24rem) { .topbar :is(picture, .monogram) + span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }

/* Narrow: the card is the page. */
@media (max-width: 30rem) {
  .single { padding: 0; background: var(--surface); }
  .single .card { --pad: var(--s5); align-self: start; max-width: none; margin: 0; border: 0; border-radius: 0; box-shadow: none; overflow: visible; }
  .card > header { padding-block-start: var(--s6); }
  .card > main { padding-block-start: var(--s5); }
  .strip { border-block-end: 1px solid var(--line); }
  .single .news { padding: var(--s4) var(--s4) 0; max-width: none; }
  .topbar, .wide main, .wide .news, .end { padding-inline: var(--s4); }
  .topbar { padding-block: var(--s3); gap: var(--s2); }
  .avatar.big { width: 3.5rem; height: 3.5rem; font-size: 1.375rem; }
  .identity { gap: var(--s4); padding-block-end: var(--s6); }
  .identity h1 { font-size: var(--t-xl); }
  .block { padding-block: var(--s6); }
  .row { padding: .8125rem var(--s4); gap: var(--s2) var(--s3); }
  .after { padding-inline: var(--s1); }
}
@media (max-height: 40rem) { .single .card { margin-block-end: 0; } }
`;
