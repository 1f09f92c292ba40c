/** An IPv4 address without the IPv6 clothes in which a socket for both may show it (RFC 4291 §2.5.5.2). */
export function unmapIpv4(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
