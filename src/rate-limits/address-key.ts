import { isIPv6 } from 'node:net';
import { unmapIpv4 } from '../common/http/unmap-ipv4.js';

/** The rate-limit key of an address: a customer has a whole IPv6 /64 (RFC 6177), and IPv4 may arrive IPv4-mapped. */
export function addressKey(address: string): string {
  const unmapped = unmapIpv4(address);
  if (!isIPv6(unmapped)) return unmapped;
  const [head = '', tail = ''] = unmapped.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].slice(0, 4).join(':');
}
