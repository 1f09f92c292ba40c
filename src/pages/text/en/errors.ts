import {
  details,
  type Detail,
  type ErrorCode,
  errorCodes,
  messageOf,
} from '../../../common/errors/app-error.js';

/** The API says the same. */
const codes = Object.fromEntries(errorCodes.map((code) => [code, messageOf(code)]));

/** What has failed, and what to do about it. */
export const errors = {
  codes: codes as Record<ErrorCode, string>,
  /** More exactly, where the code alone says too little. */
  details: { ...details } as Record<Detail, string>,
  /** While a provider was being connected, where the sentence above, written for a sign-in, would mislead. */
  connecting: {
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
    session_changed:
      'You are no longer signed in with the account in which you started this. Nothing has changed.',
  },
};

/** Error pages. They leave out what only an operator can do something about. */
export const errorPages = {
  /** By HTTP status. */
  titles: {
    401: 'Not signed in',
    403: 'Not allowed',
    404: 'There is no page here',
    409: 'That is not possible',
    421: 'Not at this address',
    429: 'Too many requests',
    503: 'Temporarily unavailable',
  },
  signInAgain: 'Sign in again',
  usedUpByOthers:
    'If it was not you who asked so often, somebody else may be signed in as you. Sign in again to confirm that it is you: then you can go on at once.',
  otherTitle: 'Something went wrong',
  /** For 404 after a form, which was not a request for a page. */
  formNotFound: 'Not found',
  noPage: 'The address may be mistyped, or the page has moved.',
  wait: (wait: string) => `Wait ${wait}`,
  waitMeans: 'Too many requests came from you or your network. Your account is fine.',
  unavailable: 'The service is not available at the moment. Try again in a minute.',
  tryAgain: 'Try again',
  nothingToDo: 'Nothing to do here',
  sessionGone: 'That browser is no longer signed in.',
  identityGone: (provider: string | null) =>
    `${provider ?? 'That provider'} is not connected to your account.`,
  somebodyElse: 'Somebody else is signed in now',
  madeForAnother:
    'The page that you sent this from was made for another account, so nothing has changed. Go on with the account below, or sign in as somebody else.',
  sessionEnded: 'You were signed out meanwhile',
  signInAndRepeat: 'Nothing has changed. Sign in, and try again.',
  signInAsAnother: 'Sign in as somebody else',
};
