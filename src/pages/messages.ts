import type { BrowserDescription } from '../activity/describe-browser.js';
import type { ActivityEvent } from '../common/activity-event.js';
import type { ErrorCode } from '../common/errors/app-error.js';

/*
 * The messages of the pages. Text that never changes is in the views; the questions of the account page are in
 * `confirmations.ts`. `provider` is a provider's label, or `someProvider` or `thatProvider`.
 */

const activity: Record<ActivityEvent, (provider: string) => string> = {
  sign_in: (provider) => `Signed in with ${provider}`,
  sign_in_refused: (provider) =>
    `Somebody with your address tried to sign in with ${provider}, which is not connected`,
  disabled_sign_in_refused: (provider) =>
    `Signing in with ${provider} was refused while the account was disabled`,
  reauthenticated: (provider) => `Signed in again with ${provider}`,
  reauthentication_failed: (provider) => `Signing in again with ${provider} did not work`,
  sign_out: () => 'Signed out',
  identity_linked: (provider) => `Connected ${provider}`,
  link_refused: (provider) => `Connecting ${provider} did not work`,
  identity_unlinked: (provider) => `Disconnected ${provider}`,
  identity_settled: (provider) => `${provider} was confirmed as yours`,
  identity_moved: (provider) => `Another ${provider} account has taken the place of yours`,
  address_claimed: (provider) =>
    `Started with the address that ${provider} sends, which is contested in another account now`,
  address_contested: (provider) =>
    `The address that ${provider} sends belongs to somebody else, who has an account of their own now`,
  address_released: (provider) =>
    `The address that ${provider} sends is no longer verified as yours`,
  session_revoked: () => 'Signed out of a browser',
  other_sessions_revoked: () => 'Signed out of all other browsers',
  all_sessions_revoked: () => 'Signed out of all browsers',
  oldest_sessions_ended: (provider) =>
    `Signed out of the browsers that were not used for the longest: there were too many with ${provider}`,
  profile_changed: () => 'Changed the name or the language',
  data_exported: () => 'Downloaded the account’s data',
  user_disabled: () => 'The account was disabled',
  user_enabled: () => 'The account was enabled again',
};

/** After a form, by what has been done. */
const flash = {
  connected: (provider: string) => `${provider} is connected.`,
  disconnected: (provider: string) => `${provider} is disconnected.`,
  acknowledged: (provider: string) => `${provider} stays connected.`,
  'nothing-pending':
    'Nothing was waiting to be connected any more. Below you see what is connected.',
  'session-ended': 'That browser is signed out.',
  'others-ended': 'All other browsers are signed out.',
  'ended-everywhere': 'You are signed out everywhere.',
  deleted:
    'Your account is deleted, with all that belonged to it. Signing in again starts a new one.',
} as const;

/** Errors while a provider was being connected, where the API's sentence, written for a sign-in, would mislead. */
const connecting: Partial<Record<ErrorCode, string>> = {
  access_denied:
    'You did not allow access at the provider, or it does not let your account in. Nothing about your account has changed.',
  login_required:
    'The provider could not answer without asking you something. Start again from your account.',
  invalid_state:
    'This was not started in this browser, or it is already finished. Start again from your account.',
  state_expired: 'This took too long. Start again from your account.',
  provider_mismatch:
    'The answer came from a different provider from the one that was asked. Start again from your account.',
  invalid_id_token:
    'The provider’s proof of whose account it is could not be verified. Start again from your account.',
  provider_error:
    'The provider answered with an error. Wait a moment, and start again from your account.',
  provider_timeout:
    'The provider did not answer in time. Wait a moment, and start again from your account.',
  identity_in_use:
    'That account cannot be connected. Either somebody else’s account here uses it, or you already have another account of this provider connected; if so, disconnect that one first.',
  session_changed: 'You are no longer signed in as the person who started this.',
};

/** A failed sign-in, or a provider that was not connected, on the sign-in page. */
const notice = {
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
  notConnectedHere: (provider: string) =>
    `The ${provider} account that you chose is not connected to the account that is signed in here. Nothing has changed. Confirm with one that is connected.`,
  signInFirst: 'Sign in first, then connect the provider from your account page.',
} as const;

const errorTitles: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Page not found',
  409: 'That is not possible',
  421: 'Not at this address',
  429: 'Too many requests',
  503: 'Temporarily unavailable',
};

/** Error pages. They leave out what only an operator can do something about. */
const error = {
  titles: errorTitles,
  otherTitle: 'Something went wrong',
  /** For 404 after a form, which was not a request for a page. */
  formNotFound: 'Not found',
  tooMany: (seconds: number) => `Too many requests. Try again in ${inWords(seconds)}.`,
  unavailable: 'The service is not available at the moment. Try again in a minute.',
  nothingToDo: 'Nothing to do here',
  sessionGone: 'That browser is no longer signed in.',
  identityGone: (provider: string) => `${provider} is not connected to your account.`,
  somebodyElse: 'Somebody else is signed in now',
  madeForAnother:
    'The page that you sent this from was made for another account, so nothing has changed. Go on with the account below, or sign in as somebody else.',
  sessionEnded: 'You were signed out meanwhile',
  signInAndRepeat: 'Nothing has changed. Sign in, and try again.',
  goToAccount: 'Go to your account',
  goToSignIn: 'Go to the sign-in page',
  signInAsAnother: 'Sign in as somebody else',
  backToAccount: 'Back to your account',
} as const;

const handover = {
  title: (place: string) => `Sign in to ${place}?`,
  site: (place: string) => `The site ${place}`,
  app: (name: string) => `An app that calls itself ${name}`,
  program: (place: string) => `A program on this computer (${place})`,
  signIn: (who: string) =>
    `${who} is about to be signed in to your account. It can then see it, and act in it.`,
  connectTitle: (label: string) => `Connect ${label}?`,
  connect: (who: string, label: string, name: string) =>
    `${who} asks to connect the ${label} account below to the account of ${name}. Whoever has the one can then sign in to the other.`,
  confirmTitle: 'Confirm that it is you?',
  confirm: (who: string, label: string, name: string) =>
    `${who} asks you to confirm with the ${label} account below that the account of ${name} is yours. It can then do there what cannot be undone.`,
  over: 'There is nothing to confirm',
  startAgain:
    'It has been answered already, it took too long, or you have begun another sign-in in this browser since. Go back to where you began, and start again.',
} as const;

export const messages = {
  handover,
  activity,
  flash,
  connecting,
  notice,
  error,
  someProvider: 'a provider',
  thatProvider: 'That provider',
  bySomebodyElse: 'by somebody else',
  byOperator: 'by the operator of this service',
} as const;

/** How long to wait, rounded up. */
function inWords(seconds: number): string {
  const [count, unit] =
    seconds <= 90
      ? [seconds, 'second']
      : seconds <= 90 * 60
        ? [Math.ceil(seconds / 60), 'minute']
        : [Math.ceil(seconds / 3600), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export function browserName({ browser, system }: BrowserDescription): string {
  if (browser === null) return system ?? 'Unknown browser';
  return system === null ? browser : `${browser} on ${system}`;
}

/** Making one takes longer than a page takes otherwise. */
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/**
 * A time for people, in UTC: the server does not know where they are.
 *
 * @param time ISO 8601
 */
export function formatTime(time: string): string {
  return `${timeFormat.format(new Date(time))} UTC`;
}
