import { type Html, markup } from '../markup.js';

/** The questions of the account page, before something changes. */
export const confirm = {
  cancel: 'Cancel',
  connect: {
    title: (provider: string, app: string | null) =>
      `Connect ${provider} to your ${app === null ? '' : `${app} `}account?`,
    before: (provider: string) =>
      `Before you signed in, this browser tried to sign in with the ${provider} account below.`,
    onlyIfYours: (provider: string) =>
      `Whoever has this ${provider} account can then sign in as you. Connect it only if it is yours; if it is not, choose “Not now”.`,
    unverified: 'Email not verified',
    notVerified: (provider: string) =>
      `${provider} has not verified the email address: somebody else may have entered it there.`,
    yes: (provider: string) => `Connect ${provider}`,
    no: 'Not now',
  },
  /** What was asked for before a step-up. */
  goOnConnecting: (provider: string) =>
    `You have confirmed that it is you. Go on to ${provider}, and choose the account there.`,
  export: {
    title: 'Download a copy of your data?',
    means: 'Profile, connections, sign-ins and activity, as a JSON file.',
    yes: 'Download',
  },
  disconnect: {
    title: (provider: string) => `Disconnect ${provider}?`,
    means: (provider: string) =>
      `You will no longer be able to sign in with ${provider}. Browsers that signed in with it are signed out, except this one.`,
    account: 'Account',
    connected: 'Connected',
    from: 'From',
    lastUsed: 'Last used',
    yes: (provider: string) => `Disconnect ${provider}`,
  },
  revoke: {
    title: (place: string) => `Sign out of ${place}?`,
    browser: 'That browser is signed out of your account. You can sign in there again at any time.',
    application:
      'That application is signed out of your account. You can sign in there again at any time.',
    address: 'Address',
    unknown: 'Unknown',
    signedIn: 'Signed in',
    provider: 'Provider',
    lastSeen: 'Last seen',
    yes: 'Sign out',
  },
  revokeOthers: {
    title: 'Sign out of all other browsers?',
    means: 'Every browser that is signed in to your account is signed out, except this one.',
    yes: 'Sign out of all other browsers',
  },
  signOutEverywhere: {
    title: 'Sign out everywhere?',
    means: 'Every browser that is signed in to your account is signed out, this one included.',
    yes: 'Sign out everywhere',
  },
  deleteAccount: {
    title: (app: string | null) => `Delete your ${app === null ? '' : `${app} `}account?`,
    means: 'This happens at once and cannot be undone. With it go:',
    profile: 'your name, picture and email address',
    connections: (list: string) => `the connection to ${list}`,
    record: 'your sign-ins everywhere, and the record of activity',
    startsNew: 'If you sign in again later, you start with a new account.',
    downloadFirst: 'Download your data first',
    yes: 'Delete account',
  },
};

/** Before a sign-in, or what an application has asked for, is handed over. `who` is one of the first three. */
export const handover = {
  site: (place: string) => `The site ${place}`,
  app: (name: string) => `An app that calls itself ${name}`,
  program: (place: string) => `A program on this computer (${place})`,
  title: (place: string) => `Sign in to ${place}?`,
  signIn: (who: string) =>
    markup`${who} is about to be signed in to your account. It can then see it, and act in it.`,
  connectTitle: (provider: string) => `Connect ${provider}?`,
  connect: (who: string, provider: string, name: Html) =>
    markup`${who} asks to connect the ${provider} account below to the account of ${name}. Whoever has the one can then sign in to the other.`,
  existsTitle: 'There is already an account with this email address',
  exists: (who: string, provider: string) =>
    markup`The ${provider} account below cannot sign in to it yet. Continue, and sign in the way you did before: ${who} can then connect the two.`,
  confirmTitle: 'Confirm that it is you?',
  confirm: (who: string, provider: string, name: Html) =>
    markup`${who} asks you to confirm with the ${provider} account below that the account of ${name} is yours. It can then do there what cannot be undone.`,
  signedInWith: 'Signed in with',
  onlyIfYou:
    'Continue only if you have begun this there yourself. If somebody has sent you here, choose “Cancel”.',
  continue: 'Continue',
  over: 'There is nothing to confirm',
  startAgain:
    'It has been answered already, it took too long, or you have begun another sign-in in this browser since. Go back to where you began, and start again.',
};
