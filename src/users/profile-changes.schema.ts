import * as z from 'zod';
import { UNSAFE_CHARACTERS } from '../common/unsafe-characters.js';
import { cleanName, MAX_NAME } from '../providers/clean.js';

/** RFC 5646 §4.4.1: enough for any tag that is in use. */
const MAX_LOCALE = 35;

const nameSchema = z
  .string()
  .max(MAX_NAME * 4)
  .transform((value, context) => {
    const isTooLong = Array.from(value.normalize('NFC').trim()).length > MAX_NAME;
    const name = value.search(UNSAFE_CHARACTERS) >= 0 || isTooLong ? null : cleanName(value);
    if (name !== null) return name;
    context.addIssue(
      `needs 1 to ${MAX_NAME} visible characters on one line, without control characters`,
    );
    return z.NEVER;
  });

const localeSchema = z
  .string()
  .max(MAX_LOCALE)
  .transform((value, context) => {
    try {
      const [tag] = Intl.getCanonicalLocales(value);
      if (tag !== undefined) return tag;
    } catch {
      // Not a tag.
    }
    context.addIssue('needs a language tag (BCP 47), such as de or pt-BR');
    return z.NEVER;
  });

/** What a person may set of their own record. What is left out stays. */
export const profileChangesSchema = z
  .strictObject(
    {
      displayName: nameSchema
        .nullable()
        .optional()
        .describe('It stays whatever providers say; null for the name that they send.'),
      locale: localeSchema
        .nullable()
        .optional()
        .describe('A language tag (BCP 47), which is written as Intl has it; null for none.'),
    },
    { error: 'needs a JSON object with displayName, locale, or both, and nothing else' },
  )
  .meta({ id: 'ProfileChanges', examples: [{ displayName: 'Ada Lovelace', locale: 'en-GB' }] });

export type ProfileChanges = z.output<typeof profileChangesSchema>;
