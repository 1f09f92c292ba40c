import { isLoopback } from '../common/url.js';
import type { Config } from '../config/config.js';
import { broken, type Check, type Finding, ok, type Result, warning } from './check.js';
import type { Problem } from '../config/config-error.js';
import { warningsOf } from '../config/warnings.js';

/** A Node.js older than `engines` in package.json allows does not get here: main.ts refuses it. */
export const runtime: Check = {
  name: 'runtime',
  needs: [],
  run: ({ config }) => [
    ok(`Node.js ${process.versions.node}.`),
    ...checkRuntime(config, process.getuid?.() ?? null),
  ],
};

/** @param uid null where the system has no user ids */
export function checkRuntime(
  { production, publicUrl }: Pick<Config, 'production' | 'publicUrl'>,
  uid: number | null,
): Result[] {
  const results: Result[] = [];
  if (production && uid === 0) {
    results.push(
      warning(
        'The process runs as root.',
        'Run it as a user of its own, who owns nothing but the database’s folder.',
      ),
    );
  }
  if (!production && !isLoopback(new URL(publicUrl.href).hostname)) {
    results.push(
      warning(
        'Others reach PUBLIC_URL, but NODE_ENV is not production: it listens on 127.0.0.1 unless HOST says otherwise, logs text instead of JSON, and stops without a drain.',
        'Set NODE_ENV=production.',
      ),
    );
  }
  return results;
}

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
