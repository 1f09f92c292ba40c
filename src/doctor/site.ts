import { isIP } from 'node:net';

/**
 * Whether two URLs are clearly on different sites, so that SameSite=Lax cookies of one do not go along with requests
 * from the other's pages (RFC 6265bis §5.2; the scheme counts).
 *
 * A site's name has at least two labels. Where the last two differ, the sites do. Where they are the same it takes the
 * list of public suffixes to tell, and this says no.
 */
export function areClearlyOtherSites(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.protocol !== b.protocol || atMostOfSite(a.hostname) !== atMostOfSite(b.hostname);
}

function atMostOfSite(hostname: string): string {
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return hostname;
  return hostname.split('.').slice(-2).join('.').toLowerCase();
}
