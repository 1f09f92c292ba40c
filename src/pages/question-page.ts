import type { User } from '../users/user.schema.js';
import type { Question } from './confirmations.js';
import { render } from './renderer.js';

/**
 * The page that asks a question. It says whose account it is about: who signed in again to get here may have come back
 * as somebody else.
 *
 * @param action where the form is sent, by `formAction`
 * @param cancelUrl where "no" leads; null when it is an answer that the form sends
 */
export function questionPage(
  user: User,
  question: Question,
  action: string,
  cancelUrl: string | null,
): string {
  return render('confirm', {
    ...question,
    user,
    action,
    cancelUrl,
  });
}
