import type { Check } from './check.js';
import { broken, type Judgement, ok, warning } from './finding.js';

/** How long before a version ends it is time to change it, in days. */
const NOTICE_DAYS = 90;

const DAY_MS = 86_400_000;

/**
 * When versions of the Graph API came and until when they answer; null where Facebook has not said. After that day they
 * are answered as another version, or not at all. As read on 2026-11-22.
 *
 * @see https://developers.facebook.com/docs/graph-api/changelog/versions/
 */
const VERSIONS: Readonly<Record<string, { released: string; until: string | null }>> = {
  'v26.0': { released: '2026-07-29', until: null },
  'v25.0': { released: '2026-02-18', until: '2028-07-29' },
  'v24.0': { released: '2025-10-08', until: '2028-02-18' },
  'v23.0': { released: '2025-05-29', until: '2027-10-08' },
  'v22.0': { released: '2025-01-21', until: '2027-05-20' },
  'v21.0': { released: '2024-10-02', until: '2027-01-21' },
  'v20.0': { released: '2024-05-21', until: '2026-09-24' },
  'v19.0': { released: '2024-01-23', until: '2026-05-21' },
  'v18.0': { released: '2023-09-12', until: '2026-01-26' },
  'v17.0': { released: '2023-05-23', until: '2025-09-12' },
};

/** A version lives at least this long (https://developers.facebook.com/docs/graph-api/guides/versioning). */
const LEAST_YEARS = 2;

const MAJORS = Object.keys(VERSIONS).map(majorOf);
const OLDEST_LISTED = Math.min(...MAJORS);

/** Since v4.0 no version has had another number behind its point. */
const NEWEST = `v${Math.max(...MAJORS)}.0`;

/** Whether the configured Graph version still lives. */
export const graphVersion: Check = {
  name: 'graph version',
  needs: [],
  asksOthers: false,
  look: ({ config, now }) =>
    config.providers.facebook === null
      ? []
      : [judgeGraphVersion(config.providers.facebook.graphVersion, now)],
};

/** Judges a version by the day. */
export function judgeGraphVersion(version: string, now: Date): Judgement {
  const upgrade = `Set FACEBOOK_GRAPH_VERSION to ${NEWEST}, or leave it out.`;
  const known = VERSIONS[version];
  if (known === undefined && majorOf(version) < OLDEST_LISTED) {
    return broken(`Graph ${version} has ended.`, upgrade);
  }
  if (known === undefined) {
    return warning(
      `Graph ${version} is not known here.`,
      'Look it up at https://developers.facebook.com/docs/graph-api/changelog/versions/.',
    );
  }
  const until = known.until ?? leastUntil(known.released);
  const days = Math.ceil((Date.parse(until) - now.getTime()) / DAY_MS);
  if (days <= 0 && known.until !== null) {
    return broken(`Graph ${version} ended on ${until}.`, upgrade);
  }
  if (days < NOTICE_DAYS) {
    const end = known.until === null ? `may end from ${until} on` : `ends on ${until}`;
    return warning(`Graph ${version} ${end}.`, upgrade);
  }
  return ok(`Graph ${version} lives until ${known.until === null ? 'at least ' : ''}${until}.`);
}

/** The 26 of `v26.0`. */
function majorOf(version: string): number {
  return Number.parseInt(version.slice(1), 10);
}

function leastUntil(released: string): string {
  return `${Number(released.slice(0, 4)) + LEAST_YEARS}${released.slice(4)}`;
}
