import { isLoopback } from './url.js';

/** Origins whose pages may act for whoever is signed in, and be returned to. */
export interface Origins {
  has(origin: string): boolean;
}

/** Whether it is an origin, as browsers spell one, of this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}
