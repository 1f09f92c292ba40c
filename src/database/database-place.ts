/**
 * The host of a connection string, as pg finds it: a `host` parameter counts more than the name in the URL.
 *
 * @returns a name, an address (IPv6 in brackets), the folder of a Unix socket, or nothing where it names none
 * @see https://node-postgres.com/features/connecting#connection-uri
 */
export function databaseHost(url: string): string {
  const { hostname, searchParams } = new URL(url);
  return searchParams.get('host') || decodeURIComponent(hostname);
}

/**
 * The place of a database without user, password and options: what may be shown of a connection string.
 *
 * @returns such as `db.example.com:5433/people` or `socket:/run/postgresql/people`
 */
export function databasePlace(url: string): string {
  const { port: written, pathname, searchParams } = new URL(url);
  const host = databaseHost(url);
  if (host.startsWith('/')) return `socket:${host}${pathname}`;
  const port = searchParams.get('port') || written;
  // Without a host, pg takes PGHOST or localhost.
  return `${host || '(default host)'}${port && `:${port}`}${pathname}`;
}
