import { type Html, markup } from '../markup.js';

/** The sign-in page. */
export const signIn = {
  title: 'Sign in',
  signedInAs: (name: Html) => markup`You are signed in as ${name}`,
  orConfirm: 'Or confirm that it is you:',
  orAsAnother: 'Or sign in as somebody else:',
  choose: 'Choose the account to continue with.',
  noProvider: (id: Html, secret: Html) =>
    markup`Nobody can sign in yet, because no provider is configured. Set the keys of at least one, such as ${id} and ${secret}, and start the service again.`,
  continueWith: (provider: string) => `Continue with ${provider}`,
  sandbox: (isOn: (words: string) => Html) =>
    markup`${isOn('The sandbox is on.')} Providers without credentials are simulated: there you can sign in as anybody.`,
};

/** A failed sign-in, or a provider that was not connected. */
export const notice = {
  signInFailed: (provider: string) => `Signing in with ${provider} did not work`,
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
    question: 'you can go on where you were.',
    account: 'you come back to your account. Then try again.',
    elsewhere: 'you come back to where you were. Then try again.',
  },
  signInAgain: (afterwards: string) =>
    `For your safety this needs you to sign in once more. Sign in again, and ${afterwards}`,
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
  againWith: (provider: string) => `Sign in again with ${provider}`,
};
