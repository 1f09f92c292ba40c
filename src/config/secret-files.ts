import { providerIds } from '../common/provider-id.js';
import type { Problem } from './config-error.js';
import { clientIdVariable, clientSecretVariable } from './providers.js';
import { readText } from './text-file.js';

/** The variables that hold a secret, or half of a key pair: each can be read from a file, named by `<NAME>_FILE`. */
export const secretVariables: readonly string[] = [
  'SESSION_SECRET',
  'SERVICE_KEYS',
  'DATABASE_URL',
  ...providerIds.map(clientIdVariable),
  ...providerIds.map(clientSecretVariable),
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
];

export function fileVariable(variable: string): string {
  return `${variable}_FILE`;
}

type SetVariables = Readonly<Record<string, string | undefined>>;

export interface SecretFiles {
  /** The environment, completed with the contents of the files. */
  set: SetVariables;
  problems: Problem[];
  /** Variables without a value because their file could not be read; other problems with them are not reported. */
  unread: string[];
}

/**
 * Reads secrets from files, as container engines mount them: `SESSION_SECRET_FILE=/run/secrets/x` replaces
 * SESSION_SECRET. White space and newlines around it do not count.
 *
 * @param set the variables that are set and not empty
 * @param read returns a file's contents; throws an error with a `code`, as Node's does
 */
export function withSecretFiles(
  set: SetVariables,
  read: (path: string) => string = readText,
): SecretFiles {
  const files: SecretFiles = { set, problems: [], unread: [] };
  for (const variable of secretVariables) {
    const path = set[fileVariable(variable)];
    if (path === undefined) continue;
    const found = set[variable] === undefined ? contentsOf(path, read) : bothSet(variable);
    if ('value' in found) {
      files.set = { ...files.set, [variable]: found.value };
    } else {
      files.problems.push({ variable: fileVariable(variable), needs: found.needs });
      files.unread.push(variable);
    }
  }
  return files;
}

function bothSet(variable: string) {
  return { needs: `is set together with ${variable}: one of them is enough` };
}

/** The secret in a file, or the problem with it, which quotes none of the contents. */
function contentsOf(
  path: string,
  read: (path: string) => string,
): { value: string } | { needs: string } {
  try {
    const value = read(path).trim();
    return value === '' ? { needs: 'names a file that is empty' } : { value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { needs: `names a file that cannot be read (${code ?? 'no code'})` };
  }
}
