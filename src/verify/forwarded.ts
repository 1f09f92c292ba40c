import type { Request } from 'express';
import { acceptsHtml } from '../common/http/accepts.js';
import { isFromTrustedProxy } from '../common/http/client-ip.js';

/** The address that a browser asked a proxy for, as far as the proxy is trusted; null where that is not known. */
export function forwardedUrl(request: Request): string | null {
  if (!isFromTrustedProxy(request)) return null;
  const [proto, host, uri] = ['proto', 'host', 'uri'].map((name) => forwarded(request, name));
  const isWhole = /^https?$/.test(proto ?? '') && host !== undefined && uri?.startsWith('/');
  return isWhole ? `${proto}://${host}${uri}` : null;
}

/**
 * Whether a browser has navigated to what is behind the proxy. `Sec-Fetch-Dest` may be missing where a proxy that adds a
 * service key has taken it away.
 */
export function isForwardedNavigation(request: Request): boolean {
  const method = isFromTrustedProxy(request) ? forwarded(request, 'method') : undefined;
  if (!['GET', 'HEAD', undefined].includes(method)) return false;
  const mode = request.headers['sec-fetch-mode'];
  const dest = request.headers['sec-fetch-dest'];
  if (mode === undefined && dest === undefined) return acceptsHtml(request);
  return (mode ?? 'navigate') === 'navigate' && (dest ?? 'document') === 'document';
}

/** The only value of a header that a proxy sets; of several nobody knows whose is whose. */
function forwarded({ headers }: Request, name: string): string | undefined {
  const value = headers[`x-forwarded-${name}`];
  return typeof value === 'string' && !(name !== 'uri' && value.includes(',')) ? value : undefined;
}
