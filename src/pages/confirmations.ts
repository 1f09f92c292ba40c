import type { PendingLinkSummary } from '../auth/pending-links.repository.js';
import { placeOf } from '../config/handover-targets.js';
import { providers } from '../providers/registry.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { User } from '../users/user.schema.js';
import { formAction } from './account-forms.js';
import { confirmationPaths } from './account-paths.js';
import { browserName } from './browser-name.js';
import type { Separate, Views } from './renderer.js';
import type { Words } from './text/words.js';

export type Confirmation = Omit<Views['confirm'], 'user' | 'action' | 'cancelUrl' | 'separate'>;

/** The questions that the account page asks before it changes something. */
export const confirmations = {
  connect: (words: Words, pending: PendingLinkSummary): Confirmation => {
    const { label } = providers[pending.provider];
    const { displayName, username, email, emailVerified } = pending;
    const { connect } = words.confirm;
    const known = [
      { name: words.name, value: displayName },
      { name: words.username, value: username === null ? null : `@${username}` },
      { name: words.email, value: email },
    ];
    return {
      title: connect.title(label),
      sentences: [
        connect.before(label),
        connect.onlyIfYours,
        ...(email === null || emailVerified ? [] : [connect.notVerified(label)]),
      ],
      details: known.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }])),
      danger: false,
      yes: connect.yes(label),
      no: connect.no,
    };
  },
  disconnect: ({ confirm }: Words, label: string): Confirmation => ({
    ...dangerous(confirm),
    title: confirm.disconnect.title(label),
    sentences: [confirm.disconnect.means(label)],
    yes: confirm.disconnect.yes(label),
  }),
  revoke: (words: Words, session: SessionSummary): Confirmation => {
    const { revoke } = words.confirm;
    const { createdAt, lastSeenAt, target } = session;
    return {
      ...dangerous(words.confirm),
      title: revoke.title(target === null ? browserName(words, session) : placeOf(target)),
      sentences: [target === null ? revoke.browser : revoke.application],
      details: [
        { name: revoke.address, value: session.address ?? revoke.unknown },
        { name: revoke.signedIn, value: words.format.time(createdAt), at: createdAt },
        { name: revoke.provider, value: providers[session.provider].label },
        { name: revoke.lastSeen, value: words.format.time(lastSeenAt), at: lastSeenAt },
      ],
      yes: revoke.yes,
    };
  },
  revokeOthers: ({ confirm }: Words): Confirmation => ({
    ...dangerous(confirm),
    title: confirm.revokeOthers.title,
    sentences: [confirm.revokeOthers.means],
    yes: confirm.revokeOthers.yes,
  }),
  signOutEverywhere: ({ confirm }: Words): Confirmation => ({
    ...dangerous(confirm),
    title: confirm.signOutEverywhere.title,
    sentences: [confirm.signOutEverywhere.means],
    yes: confirm.signOutEverywhere.yes,
  }),
  /** @param dataUrl where the person can download their data */
  deleteAccount: ({ confirm }: Words, dataUrl: string): Confirmation => ({
    ...dangerous(confirm),
    title: confirm.deleteAccount.title,
    sentences: [confirm.deleteAccount.means, confirm.deleteAccount.startsNew],
    offer: { words: confirm.deleteAccount.downloadFirst, url: dataUrl },
    yes: confirm.deleteAccount.yes,
  }),
};

function dangerous({ cancel }: Words['confirm']): Pick<Confirmation, 'details' | 'danger' | 'no'> {
  return { details: [], danger: true, no: cancel };
}

/** The form by which the owner of a mailbox has an account of their own; null where that is not possible. */
export function separateForm(
  { canSeparate, email, provider }: PendingLinkSummary,
  accountUrl: string,
  user: Pick<User, 'id' | 'displayName'> | null,
  returnTo: string | null,
): Separate | null {
  if (!canSeparate || email === null) return null;
  const path = `${accountUrl}/${confirmationPaths.separate}`;
  const action = formAction(path, user?.id ?? null, returnTo);
  const signedInAs = user?.displayName ?? null;
  return { signedInAs, label: providers[provider].label, email, action };
}

/**
 * What the page of a confirmation shows. It names the account: people share browsers.
 *
 * @param path where the form is sent, without a query
 * @param cancelUrl where "no" leads; null when it is an answer that the form sends
 * @param returnTo where the person goes afterwards, already checked; null means back to their account
 */
export function confirmationView(
  user: User,
  confirmation: Confirmation,
  path: string,
  cancelUrl: string | null,
  returnTo: string | null = null,
): Views['confirm'] {
  const action = formAction(path, user.id, returnTo);
  return { ...confirmation, user, action, cancelUrl, separate: null };
}
