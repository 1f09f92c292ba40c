import { type ErrorCode, messageOf } from '../common/errors/app-error.js';

/** What errors mean to somebody who was connecting a provider, where the sentence for a sign-in would mislead. */
const sentences: Partial<Record<ErrorCode, string>> = {
  access_denied:
    'You did not allow access at the provider. Nothing about your account has changed.',
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

/** The sentence for a provider that was not connected. A visitor is told what has to come first. */
export function connectingSentence(code: ErrorCode, isSignedIn: boolean): string {
  const sentence = sentences[code] ?? messageOf(code);
  // Where an account is taken, the sentence itself says what comes first.
  return isSignedIn || code === 'identity_in_use'
    ? sentence
    : `${sentence} Sign in first, then connect the provider from your account page.`;
}
