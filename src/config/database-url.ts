import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What pg understands as `sslmode`. What it does not know it takes for verify-full, without a word. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** The parameters that name files, which pg reads at every connection. */
const FILE_PARAMETERS = ['sslrootcert', 'sslcert', 'sslkey'];

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
  const { searchParams } = new URL(value);
  return [
    ...portProblems(searchParams.get('port')),
    ...sslModeProblems(searchParams),
    ...FILE_PARAMETERS.flatMap((name) => fileProblems(name, searchParams.get(name))),
  ];
}

function portProblems(port: string | null): string[] {
  if (port === null || /^\d{0,5}$/.test(port)) return [];
  return ['needs a number in its port parameter'];
}

function sslModeProblems(parameters: URLSearchParams): string[] {
  const mode = parameters.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return [`needs one of ${SSL_MODES.join(', ')} in its sslmode parameter`];
  }
  const asLibpq = parameters.get('uselibpqcompat') === 'true';
  return asLibpq && mode === 'verify-ca' && !parameters.get('sslrootcert')
    ? ['needs sslrootcert with sslmode=verify-ca']
    : [];
}

function fileProblems(name: string, path: string | null): string[] {
  if (!path) return [];
  try {
    readFileSync(path);
    return [];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [`names a file in ${name} that cannot be read (${code ?? 'no code'})`];
  }
}
