import * as z from 'zod';
import { assurances } from '../common/assurance.js';
import { AppError } from '../common/errors/app-error.js';
import { parseJson } from '../common/parse-json.js';
import type { IdentitiesTable } from '../database/schema.js';
import type { HandoversTable } from '../database/session-tables.js';
import { keptProfileSchema } from '../users/kept-profile.js';

/** What a provider has answered: an identity, and what that proves. */
const answerSchema = z.object({
  issuer: z.string(),
  assurance: z.enum(assurances),
  at: z.int(),
  profile: keptProfileSchema,
});

function answerOf({ answer }: Pick<HandoversTable, 'answer'>) {
  return answerSchema.safeParse(parseJson(answer ?? '')).data;
}

/** Whether it is an identity that waits in a row. */
export function isAnswerOf(
  row: Pick<HandoversTable, 'answer'>,
  { issuer, subject }: Pick<IdentitiesTable, 'issuer' | 'subject'>,
): boolean {
  const waiting = answerOf(row);
  return waiting?.issuer === issuer && waiting.profile.subject === subject;
}

/** The identity that waits in a row. Throws where the provider has not answered yet. */
export function answerIn(row: Pick<HandoversTable, 'answer'>): z.infer<typeof answerSchema> {
  const data = answerOf(row);
  if (data === undefined) throw new AppError('internal_error');
  return data;
}
