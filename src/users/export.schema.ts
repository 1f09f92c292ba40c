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
    activity: z.array(activityEntrySchema.extend({ userAgent: z.string().nullable() })),
  })
  .meta({ id: 'Export' });

export type Export = z.infer<typeof exportSchema>;

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

/** @param currentSessionId the public id of the caller's session; null for the operator */
export function toExport(
  user: Export['user'],
  sessions: readonly SessionsTable[],
  activity: readonly ActivityTable[],
  currentSessionId: string | null,
): Export {
  return {
    exportedAt: new Date().toISOString(),
    user,
    sessions: sessions.map((row) => ({
      ...toSessionSummary(row, currentSessionId),
      userAgent: row.user_agent,
    })),
    activity: activity.map((row) => ({ ...toActivityEntry(row), userAgent: row.user_agent })),
  };
}
