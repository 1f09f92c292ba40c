import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { isLoopback } from '../common/url.js';

/** pg's values of `sslmode`. It silently treats any other as verify-full. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** pg's values of `ssl`. Any other crashes the process once the server answers. */
const SSL_VALUES = ['true', '1', '0', 'no-verify'];

/** The parameters validated here. Of duplicates pg takes the last. */
const PARAMETERS = ['port', 'ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

const MAX_PORT = 65_535;

interface Content<T> {
  what: string;
  parse: (text: string) => T;
}

const CERTIFICATE: Content<X509Certificate> = {
  what: 'certificate in PEM',
  parse: (text) => new X509Certificate(text),
};

const KEY: Content<KeyObject> = {
  what: 'private key in PEM without a passphrase',
  parse: (text) => createPrivateKey(text),
};

/**
 * The store: `file:PATH`, or a PostgreSQL connection string. Its parameters are validated here, since pg would report a
 * mistake in them as an unreachable server.
 *
 * @see https://node-postgres.com/features/ssl
 */
export const databaseUrl = z.string().superRefine((value, context) => {
  for (const message of problemsOf(value)) context.addIssue({ code: 'custom', message });
});

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

/** Whether a host that `databaseHost` returns is on this machine: a Unix socket, or loopback. */
export function isOnThisMachine(host: string): boolean {
  return host === '' || host === '::1' || host.startsWith('/') || isLoopback(host.toLowerCase());
}

/**
 * Whether it asks for TLS, or says that it wants none (`sslmode=disable`). Without a word pg sends everything in the
 * clear (https://node-postgres.com/features/ssl).
 *
 * @param fallback PGSSLMODE, which pg reads where the connection string is silent
 */
export function decidesOnTls(url: string, fallback = ''): boolean {
  const { searchParams } = new URL(url);
  const parameter = (name: string) => searchParams.get(name) ?? '';
  return (
    ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'].some((name) => parameter(name) !== '') ||
    ['true', '1', 'no-verify'].includes(parameter('ssl')) ||
    (parameter('ssl') === '' && SSL_MODES.includes(fallback))
  );
}

function problemsOf(value: string): string[] {
  if (/^file:.+/.test(value)) return [];
  if (endsEarly(value)) return [ENCODE];
  if (!/^postgres(?:ql)?:\/\/./.test(value) || !URL.canParse(value)) {
    return ['needs file:PATH for the embedded database, or postgres://USER:PASSWORD@HOST/DATABASE'];
  }
  const { username, password, pathname, port, searchParams } = new URL(value);
  if (!MENDED.test(value) && ![username, password, pathname].every(canBeDecoded)) return [ENCODE];
  const parameter = (name: string) => searchParams.get(name) ?? '';
  return [
    ...PARAMETERS.filter((name) => searchParams.getAll(name).length > 1).map(
      (name) => `has the parameter ${name} more than once`,
    ),
    ...portProblems(parameter('port') || port),
    ...oneOf('ssl', parameter('ssl'), SSL_VALUES),
    ...oneOf('sslmode', parameter('sslmode'), SSL_MODES),
    ...certificateProblems(parameter),
  ];
}

const ENCODE =
  'has a character in its password that ends the host’s part of a URL: percent-encode # as %23, / as %2F, ? as %3F (and % as %25, @ as %40, a blank as %20)';

/**
 * Whether a `#`, `/` or `?` of the password has cut the host off, so that an `@` comes later than it may: in a query only
 * a parameter's value has one. A line end or tab would be taken out.
 */
function endsEarly(value: string): boolean {
  const [, rest] = /^postgres(?:ql)?:\/\/[^#/?]*([^]*)$/.exec(value) ?? [];
  if (rest === undefined) return false;
  const [path = '', query = ''] = rest.split(/\?([^]*)/);
  return (
    path.includes('@') ||
    /^[^=]*@/.test(query) ||
    (rest.includes('@') && !URL.canParse(value)) ||
    /\p{Cc}/u.test(value)
  );
}

/** What pg-connection-string encodes itself: a `%` that begins no escape, and a blank. */
const MENDED = / |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i;

/** The driver decodes the rest, and an escape that is no UTF-8 would end the start without a word of this variable. */
function canBeDecoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function portProblems(port: string): string[] {
  if (port === '') return [];
  const isPort = /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= MAX_PORT;
  return isPort ? [] : [`needs a port from 1 to ${MAX_PORT}`];
}

function oneOf(name: string, value: string, known: readonly string[]): string[] {
  if (value === '' || known.includes(value)) return [];
  return [`needs one of ${known.join(', ')} in its ${name} parameter`];
}

function certificateProblems(parameter: (name: string) => string): string[] {
  const root = read('sslrootcert', parameter('sslrootcert'), CERTIFICATE);
  const client = read('sslcert', parameter('sslcert'), CERTIFICATE);
  const key = read('sslkey', parameter('sslkey'), KEY);
  const problems = [root, client, key].flatMap(({ problem }) => problem ?? []);
  if (client.value && key.value && !client.value.checkPrivateKey(key.value)) {
    problems.push('names a key in sslkey that does not belong to the certificate in sslcert');
  }
  const asLibpq = parameter('uselibpqcompat') === 'true';
  if (asLibpq && parameter('sslmode') === 'verify-ca' && parameter('sslrootcert') === '') {
    problems.push('needs sslrootcert with sslmode=verify-ca');
  }
  return problems;
}

function read<T>(
  name: string,
  path: string,
  { what, parse }: Content<T>,
): { value?: T; problem?: string } {
  if (path === '') return {};
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `names a file in ${name} that cannot be read (${code ?? 'no code'})` };
  }
  try {
    return { value: parse(text) };
  } catch {
    return { problem: `names a file in ${name} that has no ${what}` };
  }
}
