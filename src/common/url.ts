/**
 * Whether a host name is loopback: the only place where plain http is accepted. Every name under `localhost` is one (RFC
 * 6761 §6.3).
 *
 * @param hostname in lower case, an IPv6 address in brackets
 */
export function isLoopback(hostname: string): boolean {
  return (
    /^(?:[^.]+\.)*localhost$/.test(hostname) ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * An address with parameters in its query, in the place of any that it has of those names.
 *
 * @param address a path on `origin`, or a whole URL; it stays what it is
 * @param parameters nulls are left out
 */
export function withParameters(
  address: string,
  parameters: Readonly<Record<string, string | null>>,
  origin: string,
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  if (given.length === 0) return address;
  const url = new URL(address, origin);
  for (const [name, value] of given) url.searchParams.set(name, value);
  return address.startsWith('/') ? url.pathname + url.search + url.hash : url.href;
}

export function isBareUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    ['http:', 'https:'].includes(url.protocol) &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  );
}
