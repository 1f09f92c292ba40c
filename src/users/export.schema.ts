import * as z from 'zod';
import { activityEntrySchema, toActivityEntry } from '../activity/activity.schema.js';
import { AppError } from '../common/errors/app-error.js';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type {
  ActivityTable,
  IdentitiesTable,
  SessionsTable,
  UsersTable,
} from '../database/schema.js';
import { emailTrusts } from '../providers/social-profile.js';
import { sessionSummarySchema, toSessionSummary } from '../sessions/session.schema.js';
import { identitySchema, toUser, userSchema } from './user.schema.js';

/** How far the address is believed, in more words than `emailVerified`. */
const emailTrust = z.enum(emailTrusts).nullable();

const exportedActivitySchema = activityEntrySchema.extend({ userAgent: z.string().nullable() });

/** All that is held about a person. What is stored only as a hash (session ids) is of no use to them and is left out. */
export const exportSchema = z
  .object({
    exportedAt: timestampSchema,
    user: userSchema.extend({
      emailTrust,
      primaryProvider: z.enum(providerIds),
      disabledAt: timestampSchema.nullable().describe('Since when they may not sign in.'),
      identities: z.array(identitySchema.extend({ emailTrust })),
    }),
    sessions: z.array(sessionSummarySchema.extend({ userAgent: z.string().nullable() })),
    activity: z.array(exportedActivitySchema),
  })
  .meta({ id: 'Export' });

export type Export = z.infer<typeof exportSchema>;

const headSchema = exportSchema.omit({ activity: true });

/**
 * A user with what the API's own shape leaves out.
 *
 * @param identities the user's identities, the first connected first
 */
export function toExportedUser(
  user: UsersTable,
  identities: readonly IdentitiesTable[],
): Export['user'] {
  const shown = toUser(user, identities);
  return {
    ...shown,
    emailTrust: user.email_trust,
    primaryProvider: providerOf(identities, user.primary_issuer),
    disabledAt: user.disabled_at === null ? null : toTimestamp(user.disabled_at),
    identities: shown.identities.map((identity, index) => ({
      ...identity,
      emailTrust: identities[index]?.email_trust ?? null,
    })),
  };
}

function providerOf(identities: readonly IdentitiesTable[], issuer: string): ProviderId {
  const identity = identities.find((each) => each.issuer === issuer);
  if (identity === undefined) throw new AppError('internal_error');
  return identity.provider;
}

/**
 * The export as one JSON document, part by part: a person's activity may be more than fits into memory.
 *
 * @param activity newest first, in pages
 * @param currentSessionId the public id of the caller's session; null for the operator
 */
export async function* toExport(
  user: Export['user'],
  sessions: readonly SessionsTable[],
  activity: AsyncIterable<readonly ActivityTable[]>,
  currentSessionId: string | null,
): AsyncGenerator<string> {
  const head = headSchema.parse({
    exportedAt: new Date().toISOString(),
    user,
    sessions: sessions.map((row) => ({
      ...toSessionSummary(row, currentSessionId),
      userAgent: row.user_agent,
    })),
  });
  yield `${JSON.stringify(head, null, 2).slice(0, -'\n}'.length)},\n  "activity": [`;
  let separator = '\n    ';
  for await (const rows of activity) {
    const entries = rows.map((row) =>
      JSON.stringify(
        exportedActivitySchema.parse({ ...toActivityEntry(row), userAgent: row.user_agent }),
      ),
    );
    yield separator + entries.join(',\n    ');
    separator = ',\n    ';
  }
  yield '\n  ]\n}\n';
}
