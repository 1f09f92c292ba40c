import { placeOf } from '../config/handover-targets.js';
import type { HandoversTable } from '../database/session-tables.js';
import { answerIn } from '../handover/asked-answer.js';
import { providers } from '../providers/registry.js';
import type { User } from '../users/user.schema.js';
import type { Views } from './page-views.js';
import { markup } from './text/markup.js';
import type { Words } from './text/words.js';

/**
 * The question whether a sign-in is to be handed over: to whom, and as whom. Or whether what an application has asked for
 * is to take effect: for whom, with which account. Or whether it may connect, later, what could not sign in.
 */
export function handoverQuestion(
  { handover: words }: Words,
  row: Pick<HandoversTable, 'id' | 'kind' | 'target' | 'provider' | 'answer'>,
  { displayName, email }: Pick<User, 'displayName' | 'email'>,
): Omit<Views['handover'], 'action'> {
  const { id, kind, target, provider } = row;
  const { label } = providers[provider];
  const who = nameOf(words, target);
  if (kind === 'sign-in') {
    return {
      id,
      title: words.title(placeOf(target)),
      sentence: words.signIn(who),
      user: { displayName, email },
      provider: label,
    };
  }
  const { profile } = answerIn(row);
  const name = markup`<bdi>${displayName}</bdi>`;
  // Whose account has the address is told only to whoever has signed in to it.
  const questions = {
    'pending-link': [words.existsTitle, words.exists(who, label)],
    link: [words.connectTitle(label), words.connect(who, label, name)],
    reauthenticate: [words.confirmTitle, words.confirm(who, label, name)],
  } as const;
  const [title, sentence] = questions[kind];
  return {
    id,
    title,
    sentence,
    user: {
      displayName: profile.displayName ?? profile.username ?? profile.subject,
      email: profile.email?.address ?? null,
    },
    provider: label,
  };
}

/** Whoever has asked, as the person may know them. */
function nameOf({ site, app, program }: Words['handover'], target: string): string {
  const place = placeOf(target);
  if (target.startsWith('https://')) return site(place);
  return target.startsWith('http://') ? program(place) : app(place);
}
