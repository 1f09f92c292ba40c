import type { Config } from '../config/config.js';
import { clientSecretVariable, enabledProviders, usesSandbox } from '../config/providers.js';
import { isPlaceholder, weaknessOf } from '../config/secret-strength.js';
import { isLoopback } from '../common/url.js';
import { broken, type Check, ok, type Result, warning } from './check.js';

const MAKE_ONE = 'Make one with: latchkey secret';

export const secrets: Check = {
  name: 'secrets',
  needs: ['SESSION_SECRET', 'SERVICE_KEYS'],
  run: ({ config }) => [
    ...checkSessionSecrets(config),
    ...checkServiceKeys(config),
    ...checkClientSecrets(config),
  ],
};

/** Each secret is named by its position. */
export function checkSessionSecrets({
  secrets: all,
  secretFile,
  production,
  publicUrl,
}: Pick<Config, 'secrets' | 'secretFile' | 'production' | 'publicUrl'>): Result[] {
  if (secretFile !== null) {
    return [ok(`SESSION_SECRET is not set: a random one is kept in ${secretFile}.`)];
  }
  const exposed = isExposed({ production, publicUrl });
  const results = all.flatMap((secret, index) => {
    const name =
      all.length === 1
        ? 'SESSION_SECRET'
        : `Secret ${index + 1} of ${all.length} in SESSION_SECRET`;
    const weakness = weaknessOf(secret);
    if (weakness === null) return [];
    return [(exposed ? broken : warning)(`${name} ${weakness}: it can be guessed.`, MAKE_ONE)];
  });
  if (all.length > 1) {
    results.push(
      ok(
        `SESSION_SECRET has ${all.length} secrets: the first signs, the others are still accepted.`,
        'Take the old ones out once their sessions have been used again, at the latest after SESSION_IDLE_SECONDS.',
      ),
    );
  }
  return results.length > 0 ? results : [ok('SESSION_SECRET is long and looks random.')];
}

/** Each key is named, none is shown. */
export function checkServiceKeys({
  serviceKeys,
  production,
  publicUrl,
}: Pick<Config, 'serviceKeys' | 'production' | 'publicUrl'>): Result[] {
  const found = isExposed({ production, publicUrl }) ? broken : warning;
  const weak = serviceKeys.flatMap(({ name, weakness }) =>
    weakness === null
      ? []
      : [found(`The key of ${name} in SERVICE_KEYS ${weakness}: it can be guessed.`, MAKE_ONE)],
  );
  const names = serviceKeys.map(({ name }) => name);
  const rotated = [...new Set(names.filter((name, index) => names.indexOf(name) < index))].map(
    (name) =>
      ok(
        `SERVICE_KEYS has two keys of ${name}: both are accepted.`,
        'Take the old one out once every server of that name has the new one.',
      ),
  );
  return [...weak, ...rotated];
}

function isExposed({ production, publicUrl }: Pick<Config, 'production' | 'publicUrl'>): boolean {
  return production || !isLoopback(new URL(publicUrl.href).hostname);
}

function checkClientSecrets(config: Config): Result[] {
  return enabledProviders(config.providers)
    .filter((id) => !usesSandbox(config, id))
    .filter((id) => isPlaceholder(config.providers[id]?.clientSecret ?? ''))
    .map((id) =>
      warning(
        `${clientSecretVariable(id)} looks like a placeholder.`,
        'Put in the secret that the provider’s console shows.',
      ),
    );
}
