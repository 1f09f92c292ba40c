import type { Request } from 'express';

/** Whether the request is a navigation (a link or a plain form), which is answered with pages and redirects. */
export function acceptsHtml(request: Request): boolean {
  return acceptOf(request).includes('text/html');
}

/** Whether the request is a form submission: by its content type, or by what the client accepts. */
export function isForm(request: Request): boolean {
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  const isEncoded = type.startsWith('application/x-www-form-urlencoded');
  return acceptsHtml(request) || (isEncoded && !acceptsJson(request));
}

/** Whether the client asks for JSON explicitly, as `fetch` with an `Accept` header does. */
export function acceptsJson(request: Request): boolean {
  return !acceptsHtml(request) && /\bapplication\/(?:[\w.-]+\+)?json\b/.test(acceptOf(request));
}

/** Media types are case-insensitive (RFC 9110 §8.3.1). */
function acceptOf(request: Request): string {
  return (request.headers.accept ?? '').toLowerCase();
}
