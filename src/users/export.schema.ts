import * as z from 'zod';
import { activityEntrySchema, toActivityEntry } from '../activity/activity.schema.js';
import { activityWays } from '../common/activity-event.js';
import { assurances } from '../common/assurance.js';
import { AppError } from '../common/errors/app-error.js';
import { type ProviderId, providerIdSchema } from '../common/provider-id.js';
import { timestampSchema, toTimestamp } from '../common/timestamp.js';
import type { ActivityTable, IdentitiesTable, UsersTable } from '../database/schema.js';
import type { SessionProofsTable, SessionsTable } from '../database/session-tables.js';
import { emailTrusts } from '../providers/social-profile.js';
import { sessionSummarySchema, toSessionSummary } from '../sessions/session.schema.js';
import { identitySchema, toIdentity, toUser, userSchema } from './user.schema.js';

/** How far the address is believed, in more words than `emailVerified`. */
const emailTrust = z.enum(emailTrusts).nullable();

const exportedActivitySchema = activityEntrySchema.extend({ userAgent: z.string().nullable() });

const time = timestampSchema.nullable();

/** Whose word an identity is, how it came, and since when it counts. */
const exportedIdentitySchema = identitySchema.extend({
  emailTrust,
  issuer: z.string(),
  linkedFrom: z.object({
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    via: z.enum(activityWays).nullable(),
  }),
  unsettledSince: time.describe(
    'When it was connected to an account that had another; null once it counts like those before it.',
  ),
  acknowledgedAt: time.describe('When the person has seen that it was connected.'),
  contestedEmail: z
    .string()
    .nullable()
    .describe(
      'Its address, where that stays a mere claim: the owner has more authority, or the operator took it.',
    ),
});

/** What an identity has proven in a session. */
const exportedProofSchema = z.object({
  issuer: z.string(),
  subject: z.string(),
  firstAt: timestampSchema,
  firstAssurance: z.enum(assurances),
  latestAt: timestampSchema,
  latestAssurance: z.enum(assurances),
  askedAt: time,
  provenAt: time,
});

const exportedSessionSchema = sessionSummarySchema.extend({
  userAgent: z.string().nullable(),
  issuer: z.string(),
  returnTo: z.string().nullable().describe('Where the browser went after signing in.'),
  proofs: z.array(exportedProofSchema),
});

/** All that is held about a person. What is stored only as a hash (session ids) is of no use to them and is left out. */
export const exportSchema = z
  .object({
    exportedAt: timestampSchema,
    user: userSchema.extend({
      emailTrust,
      chosenName: z
        .string()
        .nullable()
        .describe('The name that they have set, in the place of their providers’.'),
      primaryProvider: providerIdSchema,
      disabledAt: timestampSchema.nullable().describe('Since when they may not sign in.'),
      identities: z.array(exportedIdentitySchema),
    }),
    sessions: z.array(exportedSessionSchema),
    activity: z.array(exportedActivitySchema),
  })
  .meta({ id: 'Export' });

export type Export = z.infer<typeof exportSchema>;

const headSchema = exportSchema.omit({ activity: true });

/**
 * A user with what the API's own shape leaves out.
 *
 * @param identities the user's identities, the first connected first
 * @param contested the keys of the addresses that are mere claims of theirs
 */
export function toExportedUser(
  user: UsersTable,
  identities: readonly IdentitiesTable[],
  contested: ReadonlySet<string>,
): Export['user'] {
  return {
    ...toUser(user, identities),
    emailTrust: user.email_trust,
    chosenName: user.chosen_name,
    primaryProvider: providerOf(identities, user.primary_issuer),
    disabledAt: toOptionalTimestamp(user.disabled_at),
    identities: identities.map((identity) => toExportedIdentity(identity, contested)),
  };
}

function toExportedIdentity(
  row: IdentitiesTable,
  contested: ReadonlySet<string>,
): Export['user']['identities'][number] {
  return {
    ...toIdentity(row),
    emailTrust: row.email_trust,
    issuer: row.issuer,
    linkedFrom: {
      address: row.linked_address,
      userAgent: row.linked_user_agent,
      via: row.linked_via,
    },
    unsettledSince: toOptionalTimestamp(row.unsettled_since),
    acknowledgedAt: toOptionalTimestamp(row.acknowledged_at),
    contestedEmail: row.email_key !== null && contested.has(row.email_key) ? row.email_key : null,
  };
}

function toExportedProof(row: SessionProofsTable): z.infer<typeof exportedProofSchema> {
  return {
    issuer: row.issuer,
    subject: row.subject,
    firstAt: toTimestamp(row.first_at),
    firstAssurance: row.first_assurance,
    latestAt: toTimestamp(row.latest_at),
    latestAssurance: row.latest_assurance,
    askedAt: toOptionalTimestamp(row.asked_at),
    provenAt: toOptionalTimestamp(row.proven_at),
  };
}

function toOptionalTimestamp(at: number | null): string | null {
  return at === null ? null : toTimestamp(at);
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
  proofs: readonly SessionProofsTable[],
  activity: AsyncIterable<readonly ActivityTable[]>,
  currentSessionId: string | null,
): AsyncGenerator<string> {
  const head = headSchema.parse({
    exportedAt: new Date().toISOString(),
    user,
    sessions: sessions.map((row) => ({
      ...toSessionSummary(row, currentSessionId),
      userAgent: row.user_agent,
      issuer: row.issuer,
      returnTo: row.return_to,
      proofs: proofs.filter((proof) => proof.session_id === row.id).map(toExportedProof),
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
