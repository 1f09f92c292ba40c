import type { Problem } from '../config/config-error.js';
import { warningsOf } from '../config/warnings.js';
import { broken, type Check, type Finding, ok, warning } from './check.js';

const CHECK = 'configuration';

/** Without the values: one may be a secret. */
export function configurationFindings(problems: readonly Problem[]): Finding[] {
  const results = problems.map(({ variable, needs }) =>
    broken(
      `${variable} ${needs}.`,
      `Correct ${variable}; .env.example describes it. The service does not start like this.`,
    ),
  );
  if (results.length === 0) results.push(ok('Every variable can be used.'));
  return results.map((result) => ({ check: CHECK, ...result }));
}

/** What the service warns of when it starts, except of defaults that replace invalid values here. */
export const configurationWarnings: Check = {
  name: CHECK,
  needs: [],
  run: ({ config, unusable }) =>
    warningsOf(config)
      .filter(({ variable }) => !unusable.has(variable))
      .map(({ message, action }) => warning(message, action)),
};
