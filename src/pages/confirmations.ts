import type { Views } from './renderer.js';

type Question = Omit<Views['confirm'], 'action' | 'cancelUrl'>;

/** The questions that the account page asks before something ends, or begins to count. */
export const confirmations = {
  connect: (label: string, email: string | null): Question => ({
    title: `Connect ${label} to your account?`,
    sentences: [
      `Before you signed in, this browser tried to sign in with ${label}${email === null ? '' : ` as ${email}`}.`,
      `If that was you, connect it: you can then sign in to this account with ${label} too. If it was not, choose “Not now”.`,
    ],
    danger: false,
    yes: `Connect ${label}`,
    no: 'Not now',
  }),
  disconnect: (label: string): Question => ({
    title: `Disconnect ${label}?`,
    sentences: [
      `You will no longer be able to sign in with ${label}. Browsers that signed in with it are signed out, except this one.`,
    ],
    danger: true,
    yes: `Disconnect ${label}`,
    no: 'Cancel',
  }),
  revoke: (browser: string): Question => ({
    title: `Sign out of ${browser}?`,
    sentences: [
      'That browser is signed out of your account. Signing in there again brings it back.',
    ],
    danger: true,
    yes: 'Sign out',
    no: 'Cancel',
  }),
  revokeOthers: (): Question => ({
    title: 'Sign out of all others?',
    sentences: ['Every browser that is signed in to your account is signed out, except this one.'],
    danger: true,
    yes: 'Sign out of all others',
    no: 'Cancel',
  }),
  signOutEverywhere: (): Question => ({
    title: 'Sign out everywhere?',
    sentences: [
      'Every browser that is signed in to your account is signed out, this one included.',
    ],
    danger: true,
    yes: 'Sign out everywhere',
    no: 'Cancel',
  }),
  deleteAccount: (): Question => ({
    title: 'Delete your account?',
    sentences: [
      'Your user record, connected providers, sessions and activity are deleted at once. This cannot be undone.',
      'If you sign in again later, you start with a new account.',
    ],
    danger: true,
    yes: 'Delete account',
    no: 'Cancel',
  }),
};
