import type { LastSignIn } from '../auth/last-sign-in-cookie.js';
import { providers } from '../providers/registry.js';
import type { FlashQuery } from './flash.js';
import type { Brand } from './look.js';
import type { Views } from './page-views.js';
import type { Words } from './text/words.js';

type Outcome = Omit<Views['outcome'], 'signInUrl'>;

/** What a visitor is told who is signed out by what they have just done; null when that is nothing. */
export function outcomeFor(
  { outcome }: Words,
  { shownName }: Brand,
  { done }: FlashQuery,
  { provider, hasSignedOut }: LastSignIn,
): Outcome | null {
  const shared = provider === null ? [] : [outcome.sharedComputer(providers[provider].label)];
  if (done === 'deleted') {
    return { title: outcome.deleted, sentence: outcome.deletedMeans, again: outcome.signIn };
  }
  if (done === 'ended-everywhere') {
    const sentence = [outcome.everywhereMeans, ...shared].join(' ');
    return { title: outcome.everywhere, sentence, again: outcome.again };
  }
  if (!hasSignedOut) return null;
  const sentence = [outcome.signedOutMeans(shownName), ...shared].join(' ');
  return { title: outcome.signedOut, sentence, again: outcome.again };
}
