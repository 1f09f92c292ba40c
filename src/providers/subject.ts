import * as z from 'zod';

/**
 * A provider's account id: a short string of visible ASCII (OpenID Connect Core §2 allows 255 characters). Numbers are
 * rejected: X's ids exceed the exact range of a JSON number.
 */
export const subjectSchema = z.string().regex(/^[\x21-\x7e]{1,255}$/);
