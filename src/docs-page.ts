import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Express } from 'express';
import { pageHeaders } from './common/http/page-headers.js';
import type { Config } from './config/config.js';
import { shown } from './pages/text/markup.js';
import { openApiPath } from './openapi.js';

/** What Swagger UI needs beyond the API's own policy: its script and style sheet, and the styles it sets itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Swagger UI's files that the page loads. Nothing else of the package is served. */
const FILES = ['favicon-32x32.png', 'swagger-ui-bundle.js', 'swagger-ui.css'] as const;

/** The page names each file with its version, so that an address never has other contents. */
const CACHED = 'public, max-age=31536000, immutable';

/**
 * Overrides for Swagger UI: text on its colours does not reach 4.5:1 (WCAG 2.2 AA), and it shows what this API has not:
 * links of answers, and a choice among servers.
 */
const style = `
body { margin: 0; }
html:not(.dark-mode) body { background: #fafafa; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1a5fb4; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #17633a; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #0b6e60; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #a01c1c; }
html:not(.dark-mode) .swagger-ui .info a { color: #1a5fb4; }
.swagger-ui .btn.execute { background: #1a5fb4; border-color: #1a5fb4; }
html.dark-mode .swagger-ui :is(.btn-clear, .header-col, .opblock-summary-path a) { color: #e4e6e6; }
.swagger-ui .opblock-summary-path a { display: inline-block; padding-block: 5px; }
html:not(.dark-mode) .swagger-ui .btn.cancel { color: #a01c1c; border-color: #a01c1c; }
html:not(.dark-mode) .swagger-ui .download-contents { background: #565c6b; }
html:not(.dark-mode) .swagger-ui .info .title small { background: #565c6b; }
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp { background: #17633a; }
html:not(.dark-mode) .swagger-ui .btn.authorize { color: #17633a; border-color: #17633a; }
html:not(.dark-mode) .swagger-ui .btn.authorize svg { fill: #17633a; color: #17633a; }
html:not(.dark-mode) .swagger-ui .response-control-media-type__accept-message { color: #17633a; }
html.dark-mode .swagger-ui .response-control-media-type__accept-message { color: #8fdcb0; }
html:not(.dark-mode) .swagger-ui .json-schema-2020-12-expand-deep-button, html:not(.dark-mode) .swagger-ui .json-schema-2020-12__attribute--muted { color: #565c6b; }
.swagger-ui .json-schema-2020-12__constraint--string { background: #1a5fb4; }
/* Numbers of an example, on black; the highlighter writes its colours on the elements. */
.swagger-ui .highlight-code [style*="211, 99, 99"] { color: #ff9a9f !important; }
.swagger-ui .response-col_links, .swagger-ui .scheme-container .schemes .schemes-server-container { display: none; }
`;

/** Serves a page at `/docs` to read the API's description. */
export function serveDocs(
  server: Express,
  { publicUrl, brand }: Pick<Config, 'publicUrl' | 'brand'>,
): void {
  const load = createRequire(import.meta.url);
  const { version } = load('swagger-ui-dist/package.json') as { version: string };
  const root = dirname(load.resolve('swagger-ui-dist/package.json'));
  const docs = `${publicUrl.prefix}/docs`;
  const title = `${brand.name ?? 'Latchkey'} API`;
  const page = docsPage(title, (name) => `${docs}/${name}?v=${version}`, `${docs}/start.js`);
  const start = startScript(openApiPath(publicUrl));
  server.get(docs, (_request, response) => {
    response.set(pageHeaders(policy)).type('html').send(page);
  });
  server.get(`${docs}/start.js`, (_request, response) => {
    response.type('js').send(start);
  });
  for (const name of FILES) {
    server.get(`${docs}/${name}`, (_request, response) => {
      response.setHeader('Cache-Control', CACHED);
      response.sendFile(name, { root });
    });
  }
}

/** Light or dark as the reader prefers it, and without the bar on top, which shows Swagger's name. */
function startScript(description: string): string {
  const options = { url: description, dom_id: '#swagger-ui', deepLinking: true };
  return `const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
follow();
dark.addEventListener('change', follow);
addEventListener('DOMContentLoaded', () =>
  SwaggerUIBundle(${JSON.stringify({ ...options, layout: 'BaseLayout' })}),
);
`;
}

/**
 * Swagger UI's own page has no viewport, which makes phones lay it out as wide as a desk.
 *
 * @param address of one of Swagger UI's files
 */
function docsPage(
  title: string,
  address: (file: (typeof FILES)[number]) => string,
  start: string,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown(title)}</title>
<link rel="icon" type="image/png" href="${address('favicon-32x32.png')}" sizes="32x32">
<link rel="stylesheet" href="${address('swagger-ui.css')}">
<style>${style}</style>
<script src="${start}"></script>
</head>
<body>
<div id="swagger-ui"></div>
<script src="${address('swagger-ui-bundle.js')}"></script>
</body>
</html>
`;
}
