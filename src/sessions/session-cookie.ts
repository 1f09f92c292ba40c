import type { CookieOptions } from 'express-session';
import type { PublicUrl } from '../config/config.js';

/** The name of the session's cookie, before `cookieName` has given it its prefix. */
export const SESSION_COOKIE = 'latchkey';

/**
 * Names a cookie so that browsers hold its flags: `__Host-` on https (Secure, Path=/, no Domain), `__Secure-` under a
 * path, nothing on http, where neither is accepted (RFC 6265bis §4.1.3).
 */
export function cookieName(base: string, publicUrl: PublicUrl): string {
  if (!publicUrl.secure) return base;
  return publicUrl.prefix === '' ? `__Host-${base}` : `__Secure-${base}`;
}

/** The flags of every cookie of this service. They follow PUBLIC_URL, not the request, which may come through a proxy. */
export function cookieFlags(publicUrl: PublicUrl) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.secure,
    path: publicUrl.prefix === '' ? '/' : publicUrl.prefix,
  } as const satisfies CookieOptions;
}
