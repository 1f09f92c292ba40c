import type { User } from '../users/user.schema.js';
import type { Question } from './confirmations.js';
import { formAction } from './form-user.guard.js';
import { render } from './renderer.js';

/**
 * The page that asks a question. It says whose account it is about: who signed in again to get here may have come back
 * as somebody else.
 *
 * @param path where the form is sent, without a query
 * @param cancelUrl where "no" leads; null when it is an answer that the form sends
 * @param returnTo where the person goes afterwards, already checked; null means back to their account
 */
export function questionPage(
  user: User,
  question: Question,
  path: string,
  cancelUrl: string | null,
  returnTo: string | null = null,
): string {
  const action = formAction(path, user.id, returnTo);
  return render('confirm', { ...question, user, action, cancelUrl });
}
