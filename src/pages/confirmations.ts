import type { PendingLinkSummary } from '../auth/pending-links.repository.js';
import { placeOf } from '../config/handover-targets.js';
import { providers } from '../providers/registry.js';
import type { SessionSummary } from '../sessions/session.schema.js';
import type { User } from '../users/user.schema.js';
import { formAction } from './account-forms.js';
import { confirmationPaths } from './account-paths.js';
import { browserName, formatTime } from './messages.js';
import type { Separate, Views } from './renderer.js';

export type Confirmation = Omit<Views['confirm'], 'user' | 'action' | 'cancelUrl' | 'separate'>;

/** The questions that the account page asks before it changes something. */
export const confirmations = {
  connect: (pending: PendingLinkSummary): Confirmation => {
    const { label } = providers[pending.provider];
    const { displayName, username, email, emailVerified } = pending;
    const known = [
      { name: 'Name', value: displayName },
      { name: 'Username', value: username === null ? null : `@${username}` },
      { name: 'Email', value: email },
    ];
    return {
      title: `Connect ${label} to your account?`,
      sentences: [
        `Before you signed in, this browser tried to sign in with the ${label} account below.`,
        `Whoever has it can then sign in to your account. Connect it only if it is yours; if it is not, choose “Not now”.`,
        ...(email === null || emailVerified
          ? []
          : [
              `${label} has not verified the email address: somebody else may have entered it there.`,
            ]),
      ],
      details: known.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }])),
      danger: false,
      yes: `Connect ${label}`,
      no: 'Not now',
    };
  },
  disconnect: (label: string): Confirmation => ({
    title: `Disconnect ${label}?`,
    sentences: [
      `You will no longer be able to sign in with ${label}. Browsers that signed in with it are signed out, except this one.`,
    ],
    details: [],
    danger: true,
    yes: `Disconnect ${label}`,
    no: 'Cancel',
  }),
  revoke: (session: SessionSummary): Confirmation => ({
    title: `Sign out of ${session.target === null ? browserName(session) : placeOf(session.target)}?`,
    sentences: [
      `That ${session.target === null ? 'browser' : 'application'} is signed out of your account. You can sign in there again at any time.`,
    ],
    details: [
      { name: 'Address', value: session.address ?? 'Unknown' },
      {
        name: 'Signed in',
        value: formatTime(session.createdAt),
        at: session.createdAt,
      },
      { name: 'Provider', value: providers[session.provider].label },
      { name: 'Last seen', value: formatTime(session.lastSeenAt), at: session.lastSeenAt },
    ],
    danger: true,
    yes: 'Sign out',
    no: 'Cancel',
  }),
  revokeOthers: (): Confirmation => ({
    title: 'Sign out of all other browsers?',
    sentences: ['Every browser that is signed in to your account is signed out, except this one.'],
    details: [],
    danger: true,
    yes: 'Sign out of all other browsers',
    no: 'Cancel',
  }),
  signOutEverywhere: (): Confirmation => ({
    title: 'Sign out everywhere?',
    sentences: [
      'Every browser that is signed in to your account is signed out, this one included.',
    ],
    details: [],
    danger: true,
    yes: 'Sign out everywhere',
    no: 'Cancel',
  }),
  /** @param dataUrl where the person can download their data */
  deleteAccount: (dataUrl: string): Confirmation => ({
    title: 'Delete your account?',
    sentences: [
      'Your profile, connected providers, sign-ins and activity are deleted at once. This cannot be undone.',
      'If you sign in again later, you start with a new account.',
    ],
    offer: { words: 'Download your data first', url: dataUrl },
    details: [],
    danger: true,
    yes: 'Delete account',
    no: 'Cancel',
  }),
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
