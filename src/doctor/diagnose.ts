import type { Config } from '../config/config.js';
import type { Environment } from '../config/load-config.js';
import type { Check } from './check.js';
import { configurationFindings, warnings } from './configuration.js';
import { database } from './database/database-check.js';
import { type Finding, warning } from './finding.js';
import { clock, keys, reachability } from './providers/provider-checks.js';
import { publicUrl } from './public-url.js';
import { registration } from './registration.js';
import { request } from './request/request-check.js';
import { runCheck } from './run-check.js';
import { runtime } from './runtime.js';
import { secrets } from './secrets.js';
import { readUsable } from './usable-config.js';

/** What is looked at, in the order of the report. */
const CHECKS: readonly Check[] = [
  warnings,
  runtime,
  secrets,
  publicUrl,
  registration,
  reachability,
  clock,
  keys,
  database,
];

/** How far a look at a deployment goes. */
export interface DiagnoseOptions {
  /** Whether the providers may be asked. */
  online: boolean;
  /** Whether the running service is asked through PUBLIC_URL. */
  request: boolean;
  /** What the ends of versions and certificates are measured against; the present by default. */
  now?: Date;
}

/**
 * Looks at everything that has to fit for people to sign in. All checks run beside each other; each has a deadline, and
 * none that fails keeps another from running. Where the configuration is not usable, what can be used of it is looked at.
 *
 * @param environment the variables as the service would read them; it is not changed
 * @returns the findings, in the order of the report
 */
export async function diagnose(
  environment: Environment,
  { online, request: asksItself, now = new Date() }: DiagnoseOptions,
): Promise<Finding[]> {
  const { config, problems, unusable } = readUsable(environment);
  const found = configurationFindings(problems);
  if (config === null) return found;
  const subject = { config, unusable, now };
  const checks = [
    ...CHECKS.filter(({ asksOthers }) => online || !asksOthers),
    ...(asksItself ? [request] : []),
  ];
  const deadline = deadlineOf(config);
  const looked = await Promise.all(
    checks.map(async (check) => skipped(check, unusable) ?? runCheck(check, subject, deadline)),
  );
  return [...found, ...looked.flat()];
}

/** What is said in the place of a check that has nothing to look at; null when it has. */
function skipped({ name, needs }: Check, unusable: ReadonlySet<string>): Finding[] | null {
  const missing = needs.filter((variable) => unusable.has(variable));
  if (missing.length === 0) return null;
  const names = missing.join(' and ');
  return [
    {
      check: name,
      ...warning('This was not looked at.', `Correct ${names}, and run this again.`),
    },
  ];
}

/**
 * Longer than what the slowest check may take by its own deadlines, in milliseconds: three requests to a provider one
 * after the other, or a connection to the database and four statements.
 */
function deadlineOf({ providerTimeoutMs, database: store }: Config): number {
  const databaseMs =
    store.kind === 'postgres' ? store.connectTimeoutMs + 4 * store.statementTimeoutMs : 0;
  return Math.max(3 * providerTimeoutMs, databaseMs) + 2000;
}
