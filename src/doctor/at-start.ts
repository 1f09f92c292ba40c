import type { Config } from '../config/config.js';
import type { Check, Finding } from './check.js';
import { runtime } from './configuration.js';
import { databaseInUse } from './database/database-check.js';
import { deadlineOf, runCheck } from './diagnose.js';
import { publicUrl } from './public-url.js';
import { registration } from './providers/registration.js';
import { secrets } from './secrets.js';

/** Those that ask nobody else, but for what the start itself has said or found out already. */
const CHECKS: readonly Check[] = [runtime, secrets, publicUrl, registration, databaseInUse];

/** What a service that has just started sees of itself and is not as it should be. */
export async function findingsAtStart(config: Config, now = new Date()): Promise<Finding[]> {
  const context = { config, unusable: new Set<string>(), now };
  const findings = await Promise.all(
    CHECKS.map((check) => runCheck(check, context, deadlineOf(config))),
  );
  return findings.flat().filter(({ status }) => status !== 'ok');
}
