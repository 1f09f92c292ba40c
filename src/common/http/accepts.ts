import type { Request } from 'express';

/** Whether the client is a page being navigated (a link or a plain form), which is answered with pages and redirects. */
export function acceptsHtml(request: Request): boolean {
  return acceptOf(request).includes('text/html');
}

/** Whether a page's form was sent: by what is sent, or by what the client takes for an answer. */
export function isForm(request: Request): boolean {
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  const isEncoded = type.startsWith('application/x-www-form-urlencoded');
  return acceptsHtml(request) || (isEncoded && !acceptsJson(request));
}

/** Whether the client asked for JSON in so many words, as `fetch` with an `Accept` header does. */
export function acceptsJson(request: Request): boolean {
  return !acceptsHtml(request) && /\bapplication\/(?:[\w.-]+\+)?json\b/.test(acceptOf(request));
}

/** Media types are compared without regard to case (RFC 9110 §8.3.1). */
function acceptOf(request: Request): string {
  return (request.headers.accept ?? '').toLowerCase();
}
