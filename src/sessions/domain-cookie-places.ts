/** Where a cookie is kept in a browser, besides its name. Without a domain it is the host's alone. */
export interface CookiePlace {
  readonly domain?: string;
  readonly path: string;
}

/** Browsers take no longer one (RFC 6265bis §5.6). */
const LONGEST_PATH = 1024;

/** The domains of a host up to the one given: `id.acme.test` and `acme.test` for `id.acme.test` under `acme.test`. */
export function domainsUpTo(host: string, domain: string): string[] {
  const within = host.slice(0, -domain.length).split('.').filter(Boolean);
  return [domain, ...within.map((_label, index) => [...within.slice(index), domain].join('.'))];
}

/** The paths under which a cookie may lie that is sent to a path or below, the shallow ones first; `/` is among them. */
export function pathsUpTo(path: string): string[] {
  // No cookie's path has one.
  const [whole = ''] = path.split(';', 1);
  const found = ['/'];
  for (let end = 1; end <= Math.min(whole.length, LONGEST_PATH - 1); end += 1) {
    if (end < path.length && path[end] !== '/') continue;
    const folder = path.slice(0, end);
    if (!folder.endsWith('/')) found.push(folder, `${folder}/`);
    else if (end < path.length) found.push(`${folder}/`);
  }
  return found;
}

/**
 * As many lines as there is room for, the first ones first. Where not all fit, half of the room is for a part of the others
 * that is another one each time, so that some answers reach all.
 *
 * @param bytes the room, a line's end included
 * @param random from 0 to below 1
 */
export function fitting(lines: readonly string[], bytes: number, random = Math.random): string[] {
  if (lines.reduce((sum, line) => sum + sizeOf(line), 0) <= bytes) return [...lines];
  const first = taken(lines, bytes / 2);
  const others = lines.slice(first.length);
  const from = Math.floor(random() * others.length);
  const left = bytes - first.reduce((sum, line) => sum + sizeOf(line), 0);
  return [...first, ...taken([...others.slice(from), ...others.slice(0, from)], left)];
}

/** Those before the first that does not fit. */
function taken(lines: readonly string[], bytes: number): string[] {
  let left = bytes;
  const end = lines.findIndex((line) => (left -= sizeOf(line)) < 0);
  return lines.slice(0, end < 0 ? lines.length : end);
}

function sizeOf(line: string): number {
  return 'Set-Cookie: \r\n'.length + line.length;
}
