import { databaseHost } from '../config/database-url.js';

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
