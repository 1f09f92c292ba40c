import { type Html, markup } from '../markup.js';

/** The sign-in page. */
export const signIn = {
  title: (app: string) => `Sign in to ${app}`,
  newHere: 'New here? The same buttons create your account.',
  gets: (app: string | null) =>
    `${app ?? 'This app'} gets your name, picture and email address from the one you choose, never your password.`,
  /** To somebody who is signed in already. */
  signedIn: (app: string) => `You are signed in to ${app}`,
  orAsAnother: 'Or sign in as somebody else:',
  noProvider: (id: Html, secret: Html) =>
    markup`Nobody can sign in yet, because no provider is configured. Set the keys of at least one, such as ${id} and ${secret}, and start the service again.`,
  continueWith: (provider: string) => `Continue with ${provider}`,
  /** On the button of the provider that this browser signed in with the last time. */
  lastUsed: 'Last used',
  retry: (provider: string) => `Try ${provider} again`,
  notSignedIn: 'Not signed in',
  sandbox: (isOn: (words: string) => Html) =>
    markup`${isOn('The sandbox is on.')} Providers without credentials are simulated: there you can sign in as anybody.`,
};

/** A failed sign-in, or a provider that was not connected. */
export const notice = {
  signInFailed: (provider: string) => `Signing in with ${provider} did not work`,
  denied: (provider: string) => `Access at ${provider} was not allowed`,
  deniedMeans: (provider: string) =>
    `You did not allow it, or ${provider} does not let your account in. Nothing has changed. Try again, or choose another way.`,
  noAnswer: (provider: string) => `${provider} did not answer`,
  errorAnswer: (provider: string) => `${provider} answered with an error`,
  notYourFault: 'This is not your fault. Try again in a moment, or sign in another way.',
  notConnected: (provider: string) => `${provider} was not connected`,
  nothingConnected: 'Nothing was connected',
  chooseButton: (provider: string) => `Choose “Continue with ${provider}”.`,
  otherAccount: (provider: string) =>
    `There is already an account with this email address, and another ${provider} account is connected to it. Sign in with the other ${provider} account: choose “Continue with ${provider}”, and change to that account there.`,
  somebodyElse: 'Somebody else is signed in here',
  forAnother:
    'What you started was not for the account that is signed in now. Nothing has changed. Go on with this account, or sign in as somebody else.',
  anotherChosen: 'That was another account',
  notConnectedHere: (provider: string | null) =>
    `The ${provider === null ? 'account' : `${provider} account`} that you chose is not connected to the account that is signed in here. Nothing has changed. Confirm with one that is connected.`,
  signInFirst: 'Sign in first, then connect the provider from your account page.',
};

/** For a visitor whose address an account has already. `refused` is the provider they came with, where it is known. */
export const exists = {
  withProvider: (provider: string) => `Sign in with ${provider} instead`,
  withOther: (provider: string) => `Sign in with your other ${provider} account`,
  asBefore: 'Sign in the way you did before',
  means: (refused: string | null, app: string | null) =>
    `There is already an account${app === null ? '' : ` at ${app}`} with the email address of ${refused === null ? 'the account that you chose' : `this ${refused} account`}.`,
  signInWith: (provider: string) => `Sign in to it with ${provider}.`,
  signInAsBefore: 'Sign in to it the way you did before.',
  otherMeans: (provider: string, app: string | null) =>
    `There is already an account${app === null ? '' : ` at ${app}`} with this email address, and another ${provider} account is connected to it. Continue, and change to that account at ${provider}.`,
  thenConnect: (refused: string | null) =>
    `Then you can connect ${refused ?? 'the other one'}, and sign in with either.`,
  otherWays: 'Other ways to sign in',
  whyNotJoined: 'We never join accounts by an email address alone. An address can change hands.',
};

/** For somebody who is signed out now, by what they did. */
export const outcome = {
  signedOut: 'You are signed out',
  signedOutMeans: (app: string) => `This browser is signed out of ${app}.`,
  sharedComputer: (provider: string) =>
    `On a shared computer, sign out of ${provider} too. We cannot do that for you.`,
  everywhere: 'You are signed out everywhere',
  everywhereMeans:
    'Every browser and application that was signed in to your account is signed out, this browser included.',
  deleted: 'Your account is deleted',
  deletedMeans:
    'Your profile, connections, sign-ins and activity are gone, and you are signed out everywhere. Signing in later starts a new account.',
  again: 'Sign in again',
  signIn: 'Sign in',
};

/** For the owner of an address that another account has. */
export const separate = {
  titleSignedOut: 'Is that account not yours?',
  titleSignedIn: (name: Html) => markup`Is ${name} not you?`,
  explanation: (provider: string, email: Html) =>
    markup`Start a new account with ${provider}. It gets the address ${email}. In the account that has the address now it becomes contested: no longer verified. Both accounts show this.`,
  start: 'Start a new account',
};

/** For somebody who cannot use the account that has their address. */
export const lost = {
  title: 'I cannot use that account any more',
  /** @param link makes a link to those who help */
  askForHelp: (link: (words: string) => Html) =>
    markup`If it was deleted, or is not yours any more, ${link('ask for help')} to be let in with the one that you have now.`,
  askOperator:
    'If it was deleted, or is not yours any more, ask those who run this service to be let in with the one that you have now.',
  quoteId: 'Quote this request id:',
};

/** Signing in once more, before something that cannot be undone. */
export const stepUp = {
  title: 'Confirm that it is you',
  titleTooEarly: 'It is too early for this',
  titleWith: (provider: string) => `Confirm it with ${provider}`,
  /** What a new sign-in leads to: the end of the sentences below. */
  afterwards: {
    question: 'you go straight on.',
    account: 'you come back to your account. Then try again.',
    elsewhere: 'you come back to where you were. Then try again.',
  },
  /** What needs it. */
  why: {
    deleteAccount: (app: string | null) =>
      `Deleting your ${app === null ? '' : `${app} `}account needs you to sign in once more.`,
    disconnect: (provider: string) => `Disconnecting ${provider} needs you to sign in once more.`,
    connect: (provider: string) => `Connecting ${provider} needs you to sign in once more.`,
    export: 'Downloading your data needs you to sign in once more.',
    other: 'For your safety this needs you to sign in once more.',
  },
  signInAgain: (afterwards: string) => `Sign in again, and ${afterwards}`,
  tooEarly: (time: Html) =>
    markup`What you would be left with was connected only lately. It cannot replace an older way to sign in before ${time}, or else anybody at your browser could take your account over. Nothing has changed. Try again then.`,
  tooNew: (time: Html) =>
    markup`What you signed in with was connected only lately. It cannot confirm this before ${time}. Nothing has changed.`,
  signInWithOlder: (provider: string, afterwards: string) =>
    `Sign in with ${provider}, which was connected earlier, and ${afterwards}`,
  signOutFirst: (provider: string) =>
    `If ${provider} does not ask who you are, sign out there first.`,
  signOutFirstAt: (provider: string, link: Html) =>
    markup`If ${provider} does not ask who you are, sign out there first: ${link}.`,
  signOutLink: (provider: string) => `Sign out at ${provider} (opens a new tab)`,
  again: 'Sign in again',
};
