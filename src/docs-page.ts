/** What Swagger UI needs beyond the API's own policy: its script and style sheet, and the styles it sets itself. */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Overrides for Swagger UI: text on its colours does not reach 4.5:1 (WCAG 2.2 AA), and it shows what this API has not:
 * links of answers, and a choice among servers.
 */
const style = `
body { margin: 0; background: #fafafa; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1a5fb4; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #17633a; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #a01c1c; }
.swagger-ui .info .title small { background: #565c6b; }
.swagger-ui .info .title small.version-stamp { background: #17633a; }
.swagger-ui .btn.authorize { color: #17633a; border-color: #17633a; }
.swagger-ui .btn.authorize svg { fill: #17633a; color: #17633a; }
.swagger-ui .response-control-media-type__accept-message { color: #17633a; }
.swagger-ui .json-schema-2020-12-expand-deep-button, .swagger-ui .json-schema-2020-12__attribute--muted { color: #565c6b; }
.swagger-ui .json-schema-2020-12__constraint--string { background: #1a5fb4; }
/* Numbers of an example, on black; the highlighter writes its colours on the elements. */
.swagger-ui .highlight-code [style*="211, 99, 99"] { color: #ff9a9f !important; }
.swagger-ui .response-col_links, .swagger-ui .scheme-container .schemes .schemes-server-container { display: none; }
`;

/**
 * The page at `/docs`. Swagger UI's own has no viewport, which makes phones lay it out as wide as a desk.
 *
 * @param base the path under which Swagger UI's files are
 */
export function docsPage(base: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey API</title>
<link rel="icon" type="image/png" href="${base}/favicon-32x32.png" sizes="32x32">
<link rel="stylesheet" href="${base}/swagger-ui.css">
<style>${style}</style>
</head>
<body>
<div id="swagger-ui"></div>
<script src="${base}/swagger-ui-bundle.js"></script>
<script src="${base}/swagger-ui-standalone-preset.js"></script>
<script src="${base}/swagger-ui-init.js"></script>
</body>
</html>
`;
}
