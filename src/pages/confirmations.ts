import type { PendingLinkSummary } from '../auth/pending-links.repository.js';
import { placeOf } from '../config/handover-targets.js';
import { providers } from '../providers/registry.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { User } from '../users/user.schema.js';
import { formAction } from './account-forms.js';
import { confirmationPaths } from './account-paths.js';
import { isUsed } from './account-view.js';
import { browserName } from './browser-name.js';
import type { Separate } from './page-parts.js';
import type { Views } from './page-views.js';
import type { Words } from './text/words.js';

export type Confirmation = Omit<Views['confirm'], 'user' | 'action' | 'cancelUrl' | 'separate'>;

const plain = { sentences: [], joined: null, gone: [], details: [], notes: [], danger: false };

function harmless({ cancel }: Words['confirm']): typeof plain & Pick<Confirmation, 'no'> {
  return { ...plain, no: cancel };
}

function dangerous(confirm: Words['confirm']): ReturnType<typeof harmless> {
  return { ...harmless(confirm), danger: true };
}

/** The questions that the account page asks before it changes something. */
export const confirmations = {
  connect: (words: Words, pending: PendingLinkSummary, app: string | null): Confirmation => {
    const { label, mark } = providers[pending.provider];
    const { displayName, username, email, emailVerified } = pending;
    const { connect } = words.confirm;
    const isUnverified = email !== null && !emailVerified;
    const facts = [username === null ? [] : `@${username}`, email ?? []].flat();
    return {
      ...plain,
      title: connect.title(label, app),
      sentences: [connect.before(label)],
      joined: { id: pending.provider, label, mark, name: displayName, facts, isUnverified },
      notes: [connect.onlyIfYours(label), ...(isUnverified ? [connect.notVerified(label)] : [])],
      yes: connect.yes(label),
      no: connect.no,
    };
  },
  /** What was asked for before a step-up. */
  goOnConnecting: ({ confirm }: Words, label: string, app: string | null): Confirmation => ({
    ...plain,
    title: confirm.connect.title(label, app),
    sentences: [confirm.goOnConnecting(label)],
    yes: confirm.connect.yes(label),
    no: confirm.cancel,
  }),
  exportData: ({ confirm, backToAccount }: Words): Confirmation => ({
    ...plain,
    title: confirm.export.title,
    sentences: [confirm.export.means],
    yes: confirm.export.yes,
    no: backToAccount,
  }),
  /** @param connectedFrom where that was, for one that was connected lately: then the page says why to disconnect it */
  disconnect: (
    words: Words,
    user: User,
    identity: User['identities'][number],
    connectedFrom: string | null,
  ): Confirmation => {
    const { disconnect } = words.confirm;
    const { label } = providers[identity.provider];
    const { username, displayName, linkedAt, lastUsedAt } = identity;
    const name = username === null ? displayName : `@${username}`;
    const used = {
      name: disconnect.lastUsed,
      value: words.format.time(lastUsedAt),
      at: lastUsedAt,
    };
    return {
      ...dangerous(words.confirm),
      title: disconnect.title(label),
      sentences: [disconnect.means(label)],
      details: [
        ...(name === null ? [] : [{ name: disconnect.account, value: name }]),
        { name: disconnect.connected, value: words.format.time(linkedAt), at: linkedAt },
        ...(connectedFrom === null ? [] : [{ name: disconnect.from, value: connectedFrom }]),
        ...(isUsed(user, identity) ? [used] : []),
      ],
      notes: connectedFrom === null ? [] : [words.newIdentity.warning(label)],
      yes: disconnect.yes(label),
    };
  },
  revoke: (words: Words, session: SessionSummary): Confirmation => {
    const { revoke } = words.confirm;
    const { createdAt, lastSeenAt, target } = session;
    return {
      ...harmless(words.confirm),
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
    ...harmless(confirm),
    title: confirm.revokeOthers.title,
    sentences: [confirm.revokeOthers.means],
    yes: confirm.revokeOthers.yes,
  }),
  signOutEverywhere: ({ confirm }: Words): Confirmation => ({
    ...harmless(confirm),
    title: confirm.signOutEverywhere.title,
    sentences: [confirm.signOutEverywhere.means],
    yes: confirm.signOutEverywhere.yes,
  }),
  /** @param dataUrl where the person can download their data */
  deleteAccount: (
    words: Words,
    { identities }: Pick<User, 'identities'>,
    app: string | null,
    dataUrl: string,
  ): Confirmation => {
    const { deleteAccount } = words.confirm;
    const labels = identities.map(({ provider }) => providers[provider].label);
    const connections = deleteAccount.connections(words.format.list(labels));
    return {
      ...dangerous(words.confirm),
      title: deleteAccount.title(app),
      sentences: [deleteAccount.means],
      gone: [deleteAccount.profile, connections, deleteAccount.record],
      notes: [deleteAccount.startsNew],
      offer: { words: deleteAccount.downloadFirst, url: dataUrl },
      yes: deleteAccount.yes,
    };
  },
};

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
