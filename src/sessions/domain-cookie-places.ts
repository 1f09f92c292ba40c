/** Where a cookie is kept in a browser, besides its name. Without a domain it is the host's alone. */
export interface CookiePlace {
  readonly domain?: string;
  readonly path: string;
}

/** Deeper or longer paths are not expired one by one: an answer's headers have to stay small. */
const DEEPEST = 4;
const LONGEST = 256;

/** The domains of a host up to the one given: `id.acme.test` and `acme.test` for `id.acme.test` under `acme.test`. */
export function domainsUpTo(host: string, domain: string): string[] {
  const within = host.slice(0, -domain.length).split('.').filter(Boolean);
  return [domain, ...within.map((_label, index) => [...within.slice(index), domain].join('.'))];
}

/** The paths under which a cookie may lie that is sent to a path; `/` is among them. */
export function pathsUpTo(path: string): string[] {
  const parts = path.split('/').filter(Boolean).slice(0, DEEPEST);
  const folders = parts
    .map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)
    .filter((folder) => folder.length < LONGEST);
  return ['/', ...folders.flatMap((folder) => [folder, `${folder}/`])];
}
