import type { Config } from './config.js';
import { ConfigError, type Problem } from './config-error.js';
import { newSecret } from './kept-secret.js';
import { type Environment, loadConfig } from './load-config.js';
import { clientIdVariable, clientSecretVariable, providerOfVariable } from './providers.js';
import { fileVariable } from './secret-files.js';

/** An environment without what is invalid in it. */
export interface UsableConfig {
  config: Config;
  /** Why the service would not start; empty when it would. */
  problems: readonly Problem[];
  /** The invalid variables: each is left out of `config`, with the whole provider that it belongs to. */
  unusable: ReadonlySet<string>;
}

/**
 * Loads the configuration without the variables that are invalid, so that everything else can be checked.
 *
 * @throws ConfigError when it is invalid without them, too
 */
export function readUsable(environment: Environment): UsableConfig {
  const rest: Record<string, string | undefined> = { ...environment };
  const unusable = new Set<string>();
  let problems: readonly Problem[] = [];
  for (;;) {
    try {
      return { config: loadConfig(rest), problems, unusable };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const variables = error.problems.map(({ variable }) => variable);
      if (variables.every((variable) => unusable.has(variable))) throw error;
      // Later problems only follow from what was left out.
      if (unusable.size === 0) problems = error.problems;
      for (const variable of variables) {
        unusable.add(variable);
        leaveOut(variable, rest);
      }
    }
  }
}

/** A provider is left out as a whole: with the default of a URL that was set, its keys would be sent elsewhere. */
function leaveOut(variable: string, rest: Record<string, string | undefined>): void {
  const provider = providerOfVariable(variable);
  const keys =
    provider === null ? [] : [clientIdVariable(provider), clientSecretVariable(provider)];
  for (const name of [variable, ...keys]) {
    rest[name] = undefined;
    rest[fileVariable(name)] = undefined;
  }
  // Production needs both; the doctor signs nothing, and asks nobody at that address.
  if (variable === 'SESSION_SECRET') rest[variable] = newSecret();
  if (variable === 'PUBLIC_URL') rest[variable] = 'http://localhost:3000';
  // SANDBOX=auto would otherwise replace the provider.
  if (provider !== null && (rest['SANDBOX'] ?? 'auto') === 'auto') rest['SANDBOX'] = 'off';
}
