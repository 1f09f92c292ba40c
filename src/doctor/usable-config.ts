import type { Config } from '../config/config.js';
import { ConfigError, type Problem } from '../config/config-error.js';
import { DEVELOPMENT_SECRET } from '../config/cross-check.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { fileVariable } from '../config/secret-files.js';
import { clientIdVariable, clientSecretVariable, providerOfVariable } from '../config/providers.js';

/** What can be read of an environment. */
export interface Reading {
  /** The configuration without the variables that are wrong; null when not even that can be used. */
  config: Config | null;
  /** Everything that is wrong. Empty when the service would start with it. */
  problems: readonly Problem[];
  /** The variables that are wrong. In `config` they, and the whole provider that they belong to, are left out. */
  unusable: ReadonlySet<string>;
}

/** How often a configuration may show new problems once the old ones are out of the way. */
const MAX_ROUNDS = 5;

/**
 * Reads the configuration as far as it goes, so that one mistake does not hide everything else.
 *
 * @throws only what is no ConfigError
 */
export function readUsable(environment: Environment): Reading {
  const rest: Record<string, string | undefined> = { ...environment };
  const problems = new Map<string, Problem>();
  const unusable = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    try {
      return { config: loadConfig(rest), problems: [...problems.values()], unusable };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const problem of error.problems) {
        // What shows up only because something was left out is no mistake of the operator's.
        if (round === 0) problems.set(`${problem.variable} ${problem.needs}`, problem);
        unusable.add(problem.variable);
        leaveOut(problem.variable, rest);
      }
    }
  }
  return { config: null, problems: [...problems.values()], unusable };
}

/**
 * Takes a variable out. A provider goes as a whole: with the default of a URL that was set, its keys would be sent to
 * somebody else.
 */
function leaveOut(variable: string, rest: Record<string, string | undefined>): void {
  // Nothing is signed with it here.
  rest[variable] = variable === 'SESSION_SECRET' ? `${DEVELOPMENT_SECRET}-stand-in` : undefined;
  rest[fileVariable(variable)] = undefined;
  const provider = providerOfVariable(variable);
  if (provider === null) return;
  for (const key of [clientIdVariable(provider), clientSecretVariable(provider)]) {
    rest[key] = undefined;
    rest[fileVariable(key)] = undefined;
  }
  // The sandbox does not step in for a provider that is meant to be on.
  if ((rest['SANDBOX'] ?? 'auto') === 'auto') rest['SANDBOX'] = 'off';
}
