/**
 * The host of a connection string as pg resolves it: a `host` parameter takes precedence over the URL's hostname.
 *
 * @returns a name, an address (IPv6 in brackets), the directory of a Unix socket, or an empty string where it names
 *   none
 * @see https://node-postgres.com/features/connecting#connection-uri
 */
export function databaseHost(url: string): string {
  const { hostname, searchParams } = new URL(url);
  return searchParams.get('host') || decodeURIComponent(hostname);
}

/**
 * The part of a connection string that may be shown: without user, password and options.
 *
 * @returns such as `db.example.com:5433/people` or `socket:/run/postgresql/people`
 */
export function databasePlace(url: string): string {
  const { port: written, pathname, searchParams } = new URL(url);
  const host = databaseHost(url);
  if (host.startsWith('/')) return `socket:${host}${pathname}`;
  const port = searchParams.get('port') || written;
  // pg falls back to PGHOST or localhost.
  return `${host || '(default host)'}${port && `:${port}`}${pathname}`;
}
