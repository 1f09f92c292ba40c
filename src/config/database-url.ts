import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What pg understands as `sslmode`. What it does not know it takes for verify-full, without a word. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** What pg understands as `ssl`. Another text ends the process when the server answers. */
const SSL_SWITCH = ['true', '1', '0', 'no-verify'];

/** The parameters that are looked at here. Of one that is there twice, pg takes the last. */
const PARAMETERS = ['port', 'ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

const MAX_PORT = 65_535;

/** What a file has to hold. */
interface Content<T> {
  what: string;
  /** Throws when it does not. */
  parse: (text: string) => T;
}

/** One certificate or more, of which the first is read. */
const CERTIFICATE: Content<X509Certificate> = {
  what: 'certificate in PEM',
  parse: (text) => new X509Certificate(text),
};

const KEY: Content<KeyObject> = {
  what: 'private key in PEM without a passphrase',
  parse: (text) => createPrivateKey(text),
};

/**
 * Where the store is: `file:PATH`, or a connection string of PostgreSQL. The parameters are looked at here, since a
 * mistake in them shows itself to pg as a server that cannot be asked.
 *
 * @see https://node-postgres.com/features/ssl
 */
export const databaseUrl = z.string().superRefine((value, context) => {
  for (const message of problemsOf(value)) context.addIssue({ code: 'custom', message });
});

function problemsOf(value: string): string[] {
  if (/^file:.+/.test(value)) return [];
  if (!/^postgres(?:ql)?:\/\/./.test(value) || !URL.canParse(value)) {
    return ['needs file:PATH for the embedded database, or postgres://USER:PASSWORD@HOST/DATABASE'];
  }
  const { port, searchParams } = new URL(value);
  const parameter = (name: string) => searchParams.get(name) ?? '';
  return [
    ...PARAMETERS.filter((name) => searchParams.getAll(name).length > 1).map(
      (name) => `has the parameter ${name} more than once`,
    ),
    ...portProblems(parameter('port') || port),
    ...oneOf('ssl', parameter('ssl'), SSL_SWITCH),
    ...oneOf('sslmode', parameter('sslmode'), SSL_MODES),
    ...certificateProblems(parameter),
  ];
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
  const own = read('sslcert', parameter('sslcert'), CERTIFICATE);
  const key = read('sslkey', parameter('sslkey'), KEY);
  const problems = [root, own, key].flatMap(({ problem }) => problem ?? []);
  if (own.value && key.value && !own.value.checkPrivateKey(key.value)) {
    problems.push('names a key in sslkey that does not belong to the certificate in sslcert');
  }
  const asLibpq = parameter('uselibpqcompat') === 'true';
  if (asLibpq && parameter('sslmode') === 'verify-ca' && parameter('sslrootcert') === '') {
    problems.push('needs sslrootcert with sslmode=verify-ca');
  }
  return problems;
}

/** What is in a file, or what is wrong with it; neither where no file is named. */
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
