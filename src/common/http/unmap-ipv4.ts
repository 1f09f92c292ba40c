/** Unmaps an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
export function unmapIpv4(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
