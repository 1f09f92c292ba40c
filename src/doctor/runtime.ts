import type { Config } from '../config/config.js';
import { type Check, ok, type Result, warning } from './check.js';

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
  if (publicUrl.secure && !production) {
    results.push(
      warning(
        'PUBLIC_URL is https, but NODE_ENV is not production: mistakes that production refuses are let through.',
        'Set NODE_ENV=production.',
      ),
    );
  }
  return results;
}
