import type { Request } from 'express';

/** The query as it came; Express' own parser would turn `a[b]=` into objects. */
export function queryOf(req: Request): URLSearchParams {
  const at = req.originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : req.originalUrl.slice(at));
}

/** The path as it came, base included, undecoded. */
export function pathOf(req: Request): string {
  const [path = ''] = req.originalUrl.split('?', 1);
  return path;
}

/** Whether the body came as a form, the only kind that OAuth's endpoints take (RFC 6749 §4.1.3, RFC 5849 §3.4.1.3.1). */
export function isForm(req: Request): boolean {
  return typeof req.is('application/x-www-form-urlencoded') === 'string';
}

/** The form body, empty for anything else. Bodies are kept as text because OAuth 1.0a signs every pair. */
export function formOf(req: Request): URLSearchParams {
  const body: unknown = req.body;
  return new URLSearchParams(typeof body === 'string' && isForm(req) ? body : '');
}

/** Fields of a form or of a JSON object, for those who drive the sandbox from a script. */
export function fieldsOf(req: Request): object {
  const body: unknown = req.body;
  return typeof body === 'object' && body !== null ? body : Object.fromEntries(formOf(req));
}

export function paramsOf(req: Request): URLSearchParams {
  return new URLSearchParams([...queryOf(req), ...formOf(req)]);
}

/** The first name that occurs twice: OAuth allows no parameter more than once (RFC 6749 §3.1, §3.2). */
export function repeatedIn(params: URLSearchParams): string | undefined {
  const seen = new Set<string>();
  for (const name of params.keys()) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** Whether a script asks rather than a browser: HTML is what anybody gets who does not say. */
export function acceptsJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}

/** Adds parameters to a redirect URI that may have some of its own. */
export function withParams(
  target: string,
  params: Record<string, string | null | undefined>,
  fragment = '',
): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') url.searchParams.set(name, value);
  }
  return url.href + fragment;
}

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1). */
export function bearerOf(req: Request): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*)$/i.exec(req.get('authorization') ?? '')?.[1];
}
