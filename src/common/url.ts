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
