import * as z from 'zod';
import { assurances } from '../common/assurance.js';
import { AppError } from '../common/errors/app-error.js';
import { parseJson } from '../common/parse-json.js';
import type { HandoversTable } from '../database/session-tables.js';
import { keptProfileSchema } from '../users/kept-profile.js';

/** What a provider has answered: an identity, and what that proves. */
const answerSchema = z.object({
  issuer: z.string(),
  assurance: z.enum(assurances),
  at: z.int(),
  profile: keptProfileSchema,
});

/** The identity that waits in a row. Throws where the provider has not answered yet. */
export function answerIn({ answer }: Pick<HandoversTable, 'answer'>): z.infer<typeof answerSchema> {
  const { data } = answerSchema.safeParse(parseJson(answer ?? ''));
  if (data === undefined) throw new AppError('internal_error');
  return data;
}

/** By which identity one was begun, to compare; empty where a session has asked. */
export function identityIn(
  row: Pick<HandoversTable, 'kind' | 'issuer' | 'subject' | 'answer'>,
): string {
  if (row.kind === 'sign-in') return `${row.issuer} ${row.subject}`;
  if (row.kind !== 'pending-link') return '';
  const { issuer, profile } = answerIn(row);
  return `${issuer} ${profile.subject}`;
}
