import { providerIds } from '../common/provider-id.js';
import { isBareUrl, isLoopback } from '../common/url.js';
import type { Problem } from './config-error.js';
import { databaseHost, decidesOnTls, isOnThisMachine } from './database-url.js';
import { clientSecretVariable, sandboxKeysIn } from './providers.js';
import { isPlaceholder, isRepeated } from './secret-strength.js';
import { serviceSecretsIn } from './service-keys.js';

type SetVariables = Readonly<Record<string, string | undefined>>;

/**
 * What is refused where others can reach the service, or are meant to: PUBLIC_URL is not loopback, or NODE_ENV is
 * production. On loopback, with NODE_ENV=production, http goes on working, so that a production build can be tried.
 *
 * @param set the variables that are set and not empty
 * @param malformed the variables that have no value to judge
 */
export function exposureRules(set: SetVariables, malformed: ReadonlySet<string>): Problem[] {
  const publicUrl = publicUrlOf(set, malformed);
  const beyondMachine = !isLoopback(publicUrl.hostname);
  if (!beyondMachine && set['NODE_ENV'] !== 'production') return [];
  return [
    ...missing(set),
    ...guessableSecrets(set),
    ...sandbox(set),
    ...(beyondMachine ? [...plainHttp(publicUrl, set), ...plainDatabase(set, malformed)] : []),
  ];
}

function publicUrlOf({ PUBLIC_URL: url }: SetVariables, malformed: ReadonlySet<string>): URL {
  const isUsable = url !== undefined && !malformed.has('PUBLIC_URL') && isBareUrl(url);
  return new URL(isUsable ? url : 'http://localhost');
}

function missing(set: SetVariables): Problem[] {
  return [
    {
      variable: 'PUBLIC_URL',
      needs:
        'is missing: production needs the address that people use, such as https://id.example.com (http://localhost:3000 to try it on this machine)',
    },
    {
      variable: 'SESSION_SECRET',
      needs:
        'is missing: production, and any PUBLIC_URL but this machine’s, needs one of at least 32 characters (latchkey secret prints one)',
    },
  ].filter(({ variable }) => set[variable] === undefined);
}

function guessableSecrets(set: SetVariables): Problem[] {
  const ofProviders = providerIds
    .map(clientSecretVariable)
    .filter((variable) => isPlaceholder(set[variable] ?? ''))
    .map((variable) => ({
      variable,
      needs: 'still has the words of an example: it needs the secret from the provider’s console',
    }));
  const secrets = (set['SESSION_SECRET'] ?? '').split(',').flatMap((each) => each.trim() || []);
  const own: [variable: string, secrets: readonly string[]][] = [
    ['SESSION_SECRET', secrets],
    ['SERVICE_KEYS', serviceSecretsIn(set['SERVICE_KEYS'] ?? '')],
  ];
  const ofOurs = own.flatMap(([variable, each]) => {
    const fault = faultOf(each);
    const needs = `${fault}: it needs random ones (latchkey secret prints one)`;
    return fault === null ? [] : [{ variable, needs }];
  });
  return [...ofOurs, ...ofProviders];
}

function faultOf(secrets: readonly string[]): string | null {
  if (secrets.some(isRepeated)) return 'has a secret that repeats itself';
  if (secrets.some(isPlaceholder)) return 'still has the words of an example';
  return new Set(secrets).size < secrets.length ? 'has the same secret twice' : null;
}

function sandbox(set: SetVariables): Problem[] {
  const isOn = set['SANDBOX'] === 'on';
  const needs = 'is on: others could sign in as anybody. Turn it off, or leave it unset';
  return [
    ...(isOn ? [{ variable: 'SANDBOX', needs }] : []),
    ...sandboxKeysIn(set).map((variable) => ({
      variable,
      needs: 'is a key of the sandbox, where anybody can be anybody: it needs the provider’s own',
    })),
  ];
}

function plainHttp(publicUrl: URL, { ALLOWED_ORIGINS: origins = '' }: SetVariables): Problem[] {
  const isPlain = {
    PUBLIC_URL: publicUrl.protocol === 'http:',
    ALLOWED_ORIGINS: origins.split(',').some((origin) => /^http:/i.test(origin.trim())),
  };
  const needs = {
    PUBLIC_URL: 'needs https (http only for localhost, a name under it, or 127.0.0.1)',
    ALLOWED_ORIGINS: 'needs https origins (http only while PUBLIC_URL is on this machine, too)',
  };
  return (['PUBLIC_URL', 'ALLOWED_ORIGINS'] as const)
    .filter((variable) => isPlain[variable])
    .map((variable) => ({ variable, needs: needs[variable] }));
}

function plainDatabase(set: SetVariables, malformed: ReadonlySet<string>): Problem[] {
  const url = set['DATABASE_URL'] ?? '';
  if (malformed.has('DATABASE_URL') || !url.startsWith('postgres')) return [];
  const host = databaseHost(url) || (set['PGHOST'] ?? '');
  if (isOnThisMachine(host) || decidesOnTls(url, set['PGSSLMODE'])) return [];
  return [
    {
      variable: 'DATABASE_URL',
      needs:
        'leads to another host without TLS: it needs ?sslmode=verify-full (with sslrootcert=/path/to/ca.pem), or ?sslmode=disable where nobody else is on that network',
    },
  ];
}
