import type { Request } from 'express';

/** Whether the client is a page being navigated (a link or a plain form), which is answered with pages and redirects. */
export function wantsPage(request: Request): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

/** Whether the client asked for JSON in so many words, as `fetch` with an `Accept` header does. */
export function wantsJson(request: Request): boolean {
  const accept = request.headers.accept ?? '';
  return !wantsPage(request) && /\bapplication\/(?:[\w.-]+\+)?json\b/.test(accept);
}
