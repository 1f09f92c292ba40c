import * as z from 'zod';

/**
 * A provider's id of an account: a short visible ASCII string (OpenID Connect Core §2 allows 255 characters).
 * Numbers are refused: X's ids exceed what a JSON number holds exactly.
 */
export const subjectSchema = z.string().regex(/^[\x21-\x7e]{1,255}$/);
