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

/** What the service says at its start. Most end with a sentence that says what to do. */
export const warnings: Check = {
  name: CHECK,
  needs: [],
  asksOthers: false,
  look: ({ config, unusable }) =>
    warningsOf(config)
      // What is said of a default in a wrong value's place, nobody has set.
      .filter((text) => ![...unusable].some((variable) => text.includes(variable)))
      .map((text) => {
        const [, seen = text, todo = 'Change it where it is not meant to be so.'] =
          /^(.*?[^.]\.)\s+([A-Z].*)$/s.exec(text) ?? [];
        return warning(seen, todo);
      }),
};
