import { isIPv6 } from 'node:net';
import { unmapIpv4 } from './client-ip.js';

/** An address as it is counted: a customer has a whole IPv6 /64 (RFC 6177), and IPv4 may arrive IPv4-mapped. */
export function addressKey(address: string): string {
  const unmapped = unmapIpv4(address);
  if (!isIPv6(unmapped)) return unmapped;
  const [head = '', tail = ''] = unmapped.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].slice(0, 4).map(withoutZeros).join(':').toLowerCase();
}

/** The /48 that a /64 belongs to, as a whole site may have one (RFC 6177); null for IPv4. */
export function siteKey(key: string): string | null {
  return key.includes(':') ? key.slice(0, key.lastIndexOf(':')) : null;
}

/** A proxy may write the same address in several ways (RFC 4291 §2.2). */
function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
