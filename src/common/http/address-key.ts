import { isIPv6 } from 'node:net';
import { unmapIpv4 } from './client-ip.js';

/** IPv4 within IPv6: mapped (RFC 4291 §2.5.5.2), and translated (NAT64, RFC 6052 §2.1). */
const IPV4_WITHIN = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

/** An address as it is counted: a customer has a whole IPv6 /64 (RFC 6177), and IPv4 may arrive within IPv6. */
export function addressKey(address: string): string {
  const unmapped = unmapIpv4(address);
  if (!isIPv6(unmapped)) return unmapped;
  const groups = groupsOf(unmapped);
  const prefix = groups.slice(0, 6).join(':');
  return IPV4_WITHIN.includes(prefix)
    ? groups.slice(6).flatMap(bytesOf).join('.')
    : groups.slice(0, 4).join(':');
}

/** The eight groups of an IPv6 address, without leading zeros, in lower case. */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const [groups = [], last = []] = [head, tail].map((part) =>
    part.split(':').flatMap((group) => (group === '' ? [] : ipv4Groups(group))),
  );
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  return [...groups, ...zeros, ...last].map(withoutZeros);
}

/** `198.51.100.7` at the end of an IPv6 address as the two groups that it stands for. */
function ipv4Groups(group: string): string[] {
  if (!group.includes('.')) return [group];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map((value) => value.toString(16));
}

function bytesOf(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

/** The /48 that a /64 belongs to, as a whole site may have one (RFC 6177); null for IPv4. */
export function siteKey(key: string): string | null {
  return key.includes(':') ? key.slice(0, key.lastIndexOf(':')) : null;
}

/** A proxy may write the same address in several ways (RFC 4291 §2.2). */
function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
