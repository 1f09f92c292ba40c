import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import type { Environment } from '../config/load-config.js';
import { readUsable } from '../config/usable-config.js';
import {
  broken,
  type Check,
  type CheckContext,
  type Finding,
  type Result,
  skipped,
} from './check.js';
import { configurationFindings, configurationWarnings, runtime } from './configuration.js';
import { database } from './database/database-check.js';
import { signingKeys } from './database/signing-keys-check.js';
import { providersOnline } from './providers/providers-check.js';
import { registration } from './providers/registration.js';
import { publicUrl } from './public-url.js';
import { request } from './request/request-check.js';
import { secrets } from './secrets.js';

/** In the order of the report. */
const CHECKS: readonly Check[] = [
  configurationWarnings,
  runtime,
  secrets,
  publicUrl,
  registration,
  providersOnline,
  database,
  signingKeys,
];

export interface DiagnoseOptions {
  /** Whether providers may be asked. */
  online: boolean;
  /** Whether the running service is asked through PUBLIC_URL. */
  request: boolean;
  /** The present by default. */
  now?: Date;
}

/**
 * Runs all checks at once. Each has a deadline, and a failed one does not stop the others.
 *
 * @returns the findings, in the order of the report
 */
export async function diagnose(
  environment: Environment,
  { online, request: withRequest, now = new Date() }: DiagnoseOptions,
): Promise<Finding[]> {
  const { config, problems, unusable } = readUsable(environment);
  const checks = [
    ...CHECKS.filter((check) => online || check.online !== true),
    ...(withRequest ? [request] : []),
  ];
  const context = { config, unusable, now };
  const findings = await Promise.all(
    checks.map((check) => runCheck(check, context, deadlineOf(config))),
  );
  return [...configurationFindings(problems), ...findings.flat()];
}

/** Never throws, and settles within `deadlineMs`. */
export async function runCheck(
  check: Check,
  context: CheckContext,
  deadlineMs: number,
): Promise<Finding[]> {
  const done = new AbortController();
  const timeout = wait(deadlineMs, [timedOut(deadlineMs)], { signal: done.signal });
  const results = await Promise.race([runOrSkip(check, context).catch(failed), timeout]);
  timeout.catch(() => undefined);
  done.abort();
  return results.map((result) => ({ check: check.name, ...result }));
}

async function runOrSkip(check: Check, context: CheckContext): Promise<Result[]> {
  const invalid = check.needs.filter((variable) => context.unusable.has(variable));
  return invalid.length === 0 ? check.run(context) : [skipped(invalid)];
}

function timedOut(deadlineMs: number): Result {
  return broken(
    `This could not be checked within ${Math.round(deadlineMs / 1000)} s.`,
    'See why what it asks does not answer, then run this again.',
  );
}

/** Without the error's text, which may hold a secret. */
function failed(error: unknown): Result[] {
  const kind = error instanceof Error ? error.name : typeof error;
  return [
    broken(
      `This could not be checked (${kind}).`,
      'Run this again. If it happens again, report it with this line.',
    ),
  ];
}

/** Longer than three requests to a provider, or a connection to the database and four statements; milliseconds. */
export function deadlineOf({ providerTimeoutMs, database: store }: Config): number {
  const databaseMs =
    store.kind === 'postgres' ? store.connectTimeoutMs + 4 * store.statementTimeoutMs : 0;
  return Math.max(3 * providerTimeoutMs, databaseMs) + 2000;
}
