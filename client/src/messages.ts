import type { ErrorCode } from './types.js';

/** What each code says to a person, by language. */
const SENTENCES: { readonly en: Readonly<Record<ErrorCode, string>> } = {
  en: {
    invalid_state:
      'This sign-in was not started in this browser, or it is already finished. Start again.',
    state_expired: 'This sign-in took too long. Start again.',
    provider_mismatch:
      'The answer came from a different provider from the one that was asked. Start again.',
    session_changed:
      'You are no longer signed in as the person who started this. Sign in and try again.',
    access_denied:
      'You did not allow access at the provider, or it does not let your account in. Try again, or use another provider.',
    login_required:
      'The provider could not sign you in without asking you something. Sign in again.',
    invalid_id_token: 'The provider’s proof of who you are could not be verified. Try again.',
    provider_error:
      'The provider answered with an error. Try again in a moment, or use another provider.',
    provider_timeout:
      'The provider did not answer in time. Try again in a moment, or use another provider.',
    account_exists:
      'There is already an account with this email address. Sign in the way you did before; then you can connect this one.',
    account_disabled: 'This account is disabled. Contact the operator of this service.',
    invalid_grant:
      'The code cannot be exchanged: it is wrong, used or too old, or not for this target or verifier. Start again.',
    identity_in_use:
      'This provider account already belongs to another user. Sign in with it to use that account.',
    last_identity: 'This is the only way left to sign in. Connect another provider first.',
    reauth_required: 'Sign in again to confirm that it is you, then repeat this.',
    identity_too_new:
      'The provider account that you confirmed this with was connected only lately. Confirm it with an older one, or wait.',
    csrf_failed:
      'The request came from a site that is not allowed to make it. Go back, and try from the service’s own page.',
    service_key_in_browser:
      'A service key came from a browser. It is a secret of your servers: take it out of the page, and replace it.',
    rate_limited: 'Too many requests. Wait as long as Retry-After says, and try again.',
    store_unavailable: 'The service cannot reach its database. Try again in a moment.',
    not_ready: 'The service is starting or stopping. Try again in a moment.',
    internal_error:
      'Something went wrong on our side. Try again, and quote the request id if it happens again.',
    unauthenticated: 'Sign in first.',
    not_found: 'There is nothing here. Check the address.',
    bad_request:
      'The request is not what this endpoint expects. Compare it with the API’s description at /openapi.json.',
    misdirected_request:
      'This service has its sandbox on, and answers only on the machine that it runs on. Open it there, at its own address.',
    payload_too_large: 'The request body is too large. Send at most 32 KB.',
    unsupported_media_type:
      'The request body has a content type that this endpoint does not accept. Send JSON or a form.',
  },
};

/**
 * The sentence that tells a person what has happened and what to do.
 *
 * @param locale a language tag (BCP 47); where its language is not there, it is English
 */
export function errorMessage(code: ErrorCode, _locale = 'en'): string {
  return SENTENCES.en[code];
}
