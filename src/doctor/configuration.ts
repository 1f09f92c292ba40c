import type { Problem } from '../config/config-error.js';
import { warningsOf } from '../config/warnings.js';
import type { Check } from './check.js';
import { broken, type Finding, ok, warning } from './finding.js';

const CHECK = 'configuration';

/** What the service would not start with. A value is not repeated: it may be a secret. */
export function configurationFindings(problems: readonly Problem[]): Finding[] {
  if (problems.length === 0) {
    return [{ check: CHECK, ...ok('Every variable can be used.') }];
  }
  return problems.map(({ variable, needs }) => ({
    check: CHECK,
    ...broken(
      `${variable} ${needs}.`,
      `Correct ${variable}; .env.example describes it. The service does not start like this.`,
    ),
  }));
}

/** What the service warns of at its start. */
export const warnings: Check = {
  name: CHECK,
  needs: [],
  asksOthers: false,
  look: ({ config, unusable }) =>
    warningsOf(config)
      // A default in the place of a wrong value is nothing to warn of.
      .filter(({ variable }) => !unusable.has(variable))
      .map(({ message, action }) => warning(message, action)),
};
