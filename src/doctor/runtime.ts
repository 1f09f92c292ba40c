import type { Check } from './check.js';
import { broken, type Judgement, ok, warning } from './finding.js';

/** The oldest Node.js that this runs on, as `engines` in package.json says. */
const OLDEST = [20, 19] as const;

/**
 * Until when a line of Node.js gets security fixes.
 *
 * @see https://github.com/nodejs/Release#release-schedule
 */
const SUPPORTED_UNTIL: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  22: '2027-04-30',
  24: '2028-04-30',
};

/** What the process runs on, and as whom. */
export interface Runtime {
  /** Without the leading `v`, such as `24.1.0`. */
  nodeVersion: string;
  /** The user's number; null where the system has none. */
  uid: number | null;
  production: boolean;
  /** Whether PUBLIC_URL is https. */
  secure: boolean;
  now: Date;
}

/** What this process runs on, and as whom: the service is taken to run in the same way. */
export const runtime: Check = {
  name: 'runtime',
  needs: [],
  asksOthers: false,
  look: ({ config, now }) =>
    judgeRuntime({
      nodeVersion: process.versions.node,
      uid: process.getuid?.() ?? null,
      production: config.production,
      secure: config.publicUrl.secure,
      now,
    }),
};

/** Judges the runtime. */
export function judgeRuntime({ nodeVersion, uid, production, secure, now }: Runtime): Judgement[] {
  const found = [judgeNode(nodeVersion, now)];
  if (production && uid === 0) {
    found.push(
      warning(
        'The process runs as root.',
        'Run it as a user of its own, who owns nothing but the database’s folder.',
      ),
    );
  }
  if (secure && !production) {
    found.push(
      warning(
        'PUBLIC_URL is https, but NODE_ENV is not production: mistakes that production refuses are let through.',
        'Set NODE_ENV=production.',
      ),
    );
  }
  return found;
}

function judgeNode(version: string, now: Date): Judgement {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return broken(
      `Node.js ${version} is too old.`,
      `Use ${OLDEST.join('.')} or newer, best the newest line with long-term support.`,
    );
  }
  const until = SUPPORTED_UNTIL[major];
  if (until !== undefined && now > new Date(`${until}T23:59:59Z`)) {
    return warning(
      `Node.js ${version} has had no security fixes since ${until}.`,
      'Use a newer line with long-term support.',
    );
  }
  return ok(`Node.js ${version}${until === undefined ? '' : `, supported until ${until}`}.`);
}
