import { isIPv6 } from 'node:net';
import { unmapIpv4 } from '../common/http/unmap-ipv4.js';

/** One key for one customer: an IPv6 one has a whole /64 (RFC 6177), and IPv4 can come in IPv6 clothes. */
export function addressKey(address: string): string {
  const plain = unmapIpv4(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].slice(0, 4).join(':');
}
